// Contracts · pure · sees nothing

/// On the wire what an artifact is and where its bytes wait are told apart: `artifacts` and `outputs`.
extension WorkerResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case attempt
        case claim
        case status
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case artifacts
        /// The old word for a single artifact.
        case artifactURI = "artifact_uri"
        case outputs
        case emits
        case output
        case errorCode = "error_code"
    }

    private struct Waiting: Codable {
        let stagingName: String
        let artifactID: ArtifactID

        enum CodingKeys: String, CodingKey {
            case stagingName = "staging_name"
            case artifactID = "artifact_id"
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        claim = try container.decodeIfPresent(LeaseClaim.self, forKey: .claim) ?? Self.unfenced(container)
        status = try container.decode(WorkOutcome.self, forKey: .status)
        startedAt = try container.decode(Timestamp.self, forKey: .startedAt)
        finishedAt = try container.decode(Timestamp.self, forKey: .finishedAt)
        let metas: [ArtifactMeta] = try container.value(.artifacts, or: [])
        let waiting: [Waiting] = try container.value(.outputs, or: [])
        artifacts = metas.compactMap { meta in
            waiting.first { $0.artifactID == meta.artifactID }.map {
                StagedArtifact(stagingName: $0.stagingName, meta: meta)
            }
        }
        if metas.isEmpty, let uri = try container.decodeIfPresent(String.self, forKey: .artifactURI) {
            artifacts = [StagedArtifact(stagingName: uri, meta: .unmeasured(uri, of: claim.jobID, at: finishedAt))]
        }
        emits = try container.value(.emits, or: [])
        output = try container.value(.output, or: JobOutput())
        let hasFailed = status == .failed || container.contains(.errorCode)
        failure = hasFailed ? try FailureReport(flatIn: decoder) : nil
    }

    /// Who shows no token speaks for no attempt: the hub finds the result late and discards it.
    private static func unfenced(_ container: KeyedDecodingContainer<CodingKeys>) throws -> LeaseClaim {
        LeaseClaim(
            jobID: try container.decode(JobID.self, forKey: .jobID),
            attempt: try container.value(.attempt, or: 1), leaseToken: 0, nodeID: NodeID(trusted: "node_unknown"))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(claim.jobID, forKey: .jobID)
        try container.encode(claim.attempt, forKey: .attempt)
        try container.encode(claim, forKey: .claim)
        try container.encode(status, forKey: .status)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(finishedAt, forKey: .finishedAt)
        try container.encode(artifacts.map(\.meta), forKey: .artifacts)
        let waiting = artifacts.map { Waiting(stagingName: $0.stagingName, artifactID: $0.meta.artifactID) }
        try container.encode(waiting, forKey: .outputs)
        try container.encode(emits, forKey: .emits)
        try container.encode(output, forKey: .output)
        try failure?.encodeFlat(to: encoder)
    }
}

extension ArtifactMeta {
    /// All that is known of an artifact of which only the place was told.
    fileprivate static func unmeasured(_ uri: String, of job: JobID, at moment: Timestamp) -> ArtifactMeta {
        ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_" + job.rawValue.dropFirst(JobID.prefix.count)), type: .report,
            uri: uri, checksum: "", sizeBytes: 0, createdAt: moment)
    }
}
