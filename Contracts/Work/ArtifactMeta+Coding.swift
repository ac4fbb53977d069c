// Contracts · pure · sees nothing

extension ArtifactMeta: Codable {
    private enum CodingKeys: String, CodingKey {
        case artifactID = "artifact_id"
        case artifactType = "artifact_type"
        case uri
        /// The old word for it.
        case path
        case checksum
        case sizeBytes = "size_bytes"
        case createdAt = "created_at"
        case runID = "run_id"
        case unit = "unit_ref_id"
        case mimeType = "mime_type"
        case durationMS = "duration_ms"
        case width
        case height
        case frameRate = "frame_rate"
        case lineage
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        artifactID = try container.decode(ArtifactID.self, forKey: .artifactID)
        artifactType = try container.decode(ArtifactType.self, forKey: .artifactType)
        uri = try container.decodeIfPresent(String.self, forKey: .uri) ?? container.decode(String.self, forKey: .path)
        checksum = try container.decode(String.self, forKey: .checksum)
        sizeBytes = try container.decode(Int64.self, forKey: .sizeBytes)
        createdAt = try container.decode(Timestamp.self, forKey: .createdAt)
        runID = try container.decodeIfPresent(RunID.self, forKey: .runID)
        unit = try container.decodeIfPresent(String.self, forKey: .unit)
        mimeType = try container.decodeIfPresent(String.self, forKey: .mimeType)
        durationMS = try container.decodeIfPresent(Int.self, forKey: .durationMS)
        width = try container.decodeIfPresent(Int.self, forKey: .width)
        height = try container.decodeIfPresent(Int.self, forKey: .height)
        frameRate = try container.decodeIfPresent(Double.self, forKey: .frameRate)
        lineage = try container.value(.lineage, or: [:])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(artifactID, forKey: .artifactID)
        try container.encode(artifactType, forKey: .artifactType)
        try container.encode(uri, forKey: .uri)
        try container.encode(checksum, forKey: .checksum)
        try container.encode(sizeBytes, forKey: .sizeBytes)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encodeIfPresent(runID, forKey: .runID)
        try container.encodeIfPresent(unit, forKey: .unit)
        try container.encodeIfPresent(mimeType, forKey: .mimeType)
        try container.encodeIfPresent(durationMS, forKey: .durationMS)
        try container.encodeIfPresent(width, forKey: .width)
        try container.encodeIfPresent(height, forKey: .height)
        try container.encodeIfPresent(frameRate, forKey: .frameRate)
        try container.encode(lineage, forKey: .lineage)
    }
}
