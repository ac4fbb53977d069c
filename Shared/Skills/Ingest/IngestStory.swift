// Ingest · pure · sees Contracts, Policies
package import Contracts

/// Skill 01: reads a text. Title, language, paragraphs, and who speaks which stretch of them.
package enum IngestStory {
    package struct Input: Codable, Hashable, Sendable {
        package var text: String
        package var fileName: String

        package enum CodingKeys: String, CodingKey {
            case text
            case fileName = "file_name"
        }

        package init(text: String, fileName: String = "") {
            self.text = text
            self.fileName = fileName
        }
    }

    /// The longest text that is read, in characters.
    package static let longestText = 1_000_000
    /// The longest one film is made of: some five hours.
    package static let longestFilm = 200_000

    /// Reads any text a person may paste, or says where it cannot be read and what to do about it.
    package static func run(_ input: Input) throws(FailureReport) -> Story {
        try check(input.text)
        let lines = Cleaning.lines(of: input.text)
        let manuscript = Manuscript(lines: lines, fileName: input.fileName)
        let language = Language.detect(manuscript.blocks.map(\.text).joined(separator: "\n") + manuscript.title)
        let paragraphs = paragraphs(of: manuscript.blocks)
        guard !paragraphs.isEmpty else {
            throw refusal(
                "the text has a title but no story under it", "Write at least one sentence below the title.")
        }
        return Story(
            title: manuscript.title, language: language,
            wordCount: paragraphs.flatMap(\.segments).reduce(0) { $0 + Language.words(in: $1.text) },
            paragraphs: paragraphs)
    }

    /// A book is read and planned, and made chapter by chapter.
    package static func checkFilm(_ text: String) throws(FailureReport) {
        let length = text.count
        guard length <= longestFilm else {
            throw refusal(
                "the text has \(length) characters; one film takes at most \(longestFilm)",
                "Cut the story into chapters and make a film of each.")
        }
    }

    private static func check(_ text: String) throws(FailureReport) {
        if let nul = text.unicodeScalars.firstIndex(where: { $0.value == 0 }) {
            let line = 1 + text.unicodeScalars[..<nul].count { $0 == "\n" }
            throw refusal(
                "line \(line) holds a NUL byte, so this is not plain text",
                "Save the story as UTF-8 text and send it again.")
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw refusal("the text is empty", "Send a story of at least one sentence.")
        }
        let length = text.count
        guard length <= longestText else {
            throw refusal(
                "the text has \(length) characters; at most \(longestText) are read at once",
                "Cut the story into chapters and send one at a time.")
        }
        guard text.contains(where: \.isLetter) else {
            throw refusal("the text has no letters in it", "Send a story of at least one sentence.")
        }
    }

    private static func paragraphs(of blocks: [Manuscript.Block]) -> [Paragraph] {
        var paragraphs: [Paragraph] = []
        var segments = 0
        var unfinished: String?
        var pendingScene = true
        for block in blocks {
            pendingScene = pendingScene || block.opensScene
            let dissected = Dissection(paragraph: block.text, continuing: unfinished, ordinal: segments + 1)
            unfinished = dissected.leavesQuoteOpen ? dissected.segments.last?.attribution ?? Segment.continued : nil
            guard !dissected.segments.isEmpty else { continue }
            segments += dissected.segments.count
            paragraphs.append(
                Paragraph(ordinal: paragraphs.count + 1, opensScene: pendingScene, segments: dissected.segments))
            pendingScene = false
        }
        return paragraphs
    }

    private static func refusal(_ cause: String, _ nextStep: String) -> FailureReport {
        FailureReport(.requestValidation, "Reading the story: \(cause).", owner: .workerLLM, nextStep: nextStep)
    }
}
