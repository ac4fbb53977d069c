// Contracts · pure · sees nothing

/// What an output is.
package enum ArtifactType: String, CaseIterable, Codable, Hashable, Sendable {
    case sourceText = "source_text"
    case story
    case entityPack = "entity_pack"
    case shotPlan = "shot_plan"
    case continuity
    case dialogueWav = "dialogue_wav"
    case takeTiming = "audio_timing_metadata"
    case timeline
    case dslBundle = "dsl_bundle"
    case visemeTrack = "viseme_track"
    case shotVideo = "shot_video"
    case keyframe
    case promptBundle = "prompt_bundle"
    case mixedAudio = "mixed_audio"
    case bgmAudio = "bgm_audio"
    case sfxAudio = "sfx_audio"
    case ambienceAudio = "ambience_audio"
    case lipsyncVideo = "lipsync_video"
    case storyboardImage = "storyboard_image"
    case timelineJSON = "timeline_json"
    case alignReport = "align_report"
    case finalVideo = "final_video"
    case subtitles
    case contactSheet = "contact_sheet"
    case report
    /// Every question to a model and what came of it.
    case modelCalls = "model_calls"
    /// What a worker noted at an attempt, whatever came of it.
    case jobLog = "job_log"
    /// The body of an event that was too big to be carried.
    case payload
}

/// What is known of an output; the bytes lie in the object store under their own hash.
package struct ArtifactMeta: Hashable, Sendable {
    package var artifactID: ArtifactID
    package var artifactType: ArtifactType
    /// Where the bytes are: `object:sha256/<aa>/<hex>`.
    package var uri: String
    /// `sha256:<hex>` of the bytes.
    package var checksum: String
    package var sizeBytes: Int64
    package var createdAt: Timestamp
    package var runID: RunID?
    /// The shot, line or other unit it was made for.
    package var unit: String?
    package var mimeType: String?
    package var durationMS: Int?
    package var width: Int?
    package var height: Int?
    package var frameRate: Double?
    /// What made it: engine names and versions, fonts, library versions.
    package var lineage: [String: String]

    package init(
        artifactID: ArtifactID, type: ArtifactType, key: ObjectKey, sizeBytes: Int64, createdAt: Timestamp,
        runID: RunID? = nil, unit: String? = nil, mimeType: String? = nil, lineage: [String: String] = [:]
    ) {
        self.init(
            artifactID: artifactID, type: type, uri: key.uri, checksum: "sha256:" + key.hex, sizeBytes: sizeBytes,
            createdAt: createdAt)
        self.runID = runID
        self.unit = unit
        self.mimeType = mimeType
        self.lineage = lineage
    }

    package init(
        artifactID: ArtifactID, type: ArtifactType, uri: String, checksum: String, sizeBytes: Int64,
        createdAt: Timestamp
    ) {
        self.artifactID = artifactID
        self.artifactType = type
        self.uri = uri
        self.checksum = checksum
        self.sizeBytes = sizeBytes
        self.createdAt = createdAt
        self.lineage = [:]
    }

    package var key: ObjectKey? { ObjectKey(uri: uri) }
}

/// A name in the object store: the SHA-256 of the bytes behind it.
package struct ObjectKey: Hashable, Sendable {
    package let hex: String

    package init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(Self.isHexByte) else { return nil }
        self.hex = hex
    }

    package init?(uri: String) {
        guard let slash = uri.lastIndex(of: "/"), uri.hasPrefix("object:sha256/") else { return nil }
        self.init(hex: String(uri[uri.index(after: slash)...]))
    }

    /// `sha256/<aa>/<hex>`.
    package var path: String { "sha256/\(hex.prefix(2))/\(hex)" }
    package var uri: String { "object:" + path }

    private static func isHexByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
