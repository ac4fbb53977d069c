// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A file that a client sends: announced first, complete when exactly those bytes have come.
package struct Upload: Codable, Hashable, Sendable {
    /// What a story may have at most.
    package static let longestStory: Int64 = 1 << 20
    /// What anything may have at most.
    package static let longest: Int64 = 5 << 30

    package enum Status: String, CaseIterable, Codable, Sendable {
        case waiting
        case complete
    }

    package let uploadID: UploadID
    package let projectID: ProjectID
    package let name: String
    package let sizeBytes: Int64
    /// 64 hexadecimal digits.
    package let sha256: String
    package let contentType: String
    package private(set) var status: Status
    /// Whether a film can be made of it.
    package private(set) var isStory: Bool
    package private(set) var source: ArtifactMeta?
    package let createdAt: Timestamp
    package private(set) var completedAt: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case uploadID = "upload_id"
        case projectID = "project_id"
        case name
        case sizeBytes = "size_bytes"
        case sha256
        case contentType = "content_type"
        case status
        case isStory = "is_story"
        case source
        case createdAt = "created_at"
        case completedAt = "completed_at"
    }

    package init(_ id: UploadID, _ announced: AnnouncedFile, at now: Timestamp) {
        uploadID = id
        projectID = announced.project
        name = announced.name
        sizeBytes = announced.sizeBytes
        sha256 = announced.key.hex
        contentType = announced.contentType
        status = .waiting
        isStory = false
        createdAt = now
    }

    /// Where its bytes wait until they are complete.
    package var stagingName: String { "uploads/\(uploadID)" }

    /// Whether its bytes are worth a look: no story is longer, and none is a picture.
    package var mayBeStory: Bool { contentType.hasPrefix("text/") && sizeBytes <= Self.longestStory }

    /// Its bytes have come. Safe to repeat.
    package mutating func complete(as source: ArtifactMeta, isStory: Bool, at now: Timestamp) {
        guard status == .waiting else { return }
        status = .complete
        self.source = source
        self.isStory = isStory
        completedAt = now
    }
}

/// What a client says of a file before it sends it.
package struct AnnouncedFile: Hashable, Sendable {
    package let project: ProjectID
    package let name: String
    package let sizeBytes: Int64
    package let key: ObjectKey
    package let contentType: String

    package init(project: ProjectID, name: String, sizeBytes: Int64, key: ObjectKey, contentType: String) {
        self.project = project
        self.name = name
        self.sizeBytes = sizeBytes
        self.key = key
        self.contentType = contentType
    }
}
