// Contracts · pure · sees nothing

/// A text, read: its title, its language, its paragraphs cut into segments. Output of skill 01.
package struct Story: Codable, Hashable, Sendable {
    package var title: String
    /// BCP-47: `en` or `zh-Hans`.
    package var language: String
    package var wordCount: Int
    package var paragraphs: [Paragraph]
    /// Nothing where no model was asked, or none answered.
    package var advice: StoryAdvice?

    package enum CodingKeys: String, CodingKey {
        case title
        case language
        case wordCount = "word_count"
        case paragraphs
        case advice
    }

    package init(title: String, language: String, wordCount: Int, paragraphs: [Paragraph]) {
        self.title = title
        self.language = language
        self.wordCount = wordCount
        self.paragraphs = paragraphs
    }
}

package struct Paragraph: Codable, Hashable, Sendable {
    /// From 1, through the whole story.
    package var ordinal: Int
    /// True after a rule, a heading or a blank gap the author made: a new scene begins here.
    package var opensScene: Bool
    package var segments: [Segment]

    package enum CodingKeys: String, CodingKey {
        case ordinal
        case opensScene = "opens_scene"
        case segments
    }

    package init(ordinal: Int, opensScene: Bool, segments: [Segment]) {
        self.ordinal = ordinal
        self.opensScene = opensScene
        self.segments = segments
    }
}

/// A stretch of text with one voice: a sentence of narration, or what stands between quotation marks.
package struct Segment: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
        case narration
        case speech
    }

    package var ordinal: Int
    package var kind: Kind
    package var text: String
    /// Who is named as the speaker beside the quotation: "said Mira". Not yet a person.
    package var attribution: String?

    /// Stands for a speaker where a quotation goes on from the paragraph before.
    package static let continued = "…"

    package init(ordinal: Int, kind: Kind, text: String, attribution: String? = nil) {
        self.ordinal = ordinal
        self.kind = kind
        self.text = text
        self.attribution = attribution
    }
}
