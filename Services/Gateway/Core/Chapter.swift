// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A text of a novel. Its words lie in the store under their checksum: a film is made of the words it was asked for with,
/// whatever is written later.
package struct Chapter: Codable, Hashable, Sendable {
    package let chapterID: ChapterID
    package let novelID: NovelID
    package let projectID: ProjectID
    /// Its place in the book; the book does not mind two of one number.
    package var number: Int
    package var title: String?
    package var language: String
    /// Grows with every other text.
    package private(set) var version: Int
    package private(set) var text: ArtifactMeta
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case chapterID = "chapter_id"
        case novelID = "novel_id"
        case projectID = "project_id"
        case number = "chapter_no"
        case title
        case language = "language_code"
        case version
        case text
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(_ id: ChapterID, of novel: Novel, number: Int, text: ArtifactMeta, at now: Timestamp) {
        chapterID = id
        novelID = novel.novelID
        projectID = novel.projectID
        language = novel.language
        self.number = number
        self.text = text
        version = 1
        createdAt = now
        updatedAt = now
    }

    package var checksum: String { text.checksum }

    /// The same words again are no new version.
    package mutating func take(_ text: ArtifactMeta) {
        guard text.checksum != checksum else { return }
        self.text = text
        version += 1
    }
}
