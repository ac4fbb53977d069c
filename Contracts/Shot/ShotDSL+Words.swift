// Contracts · pure · sees nothing

extension ShotDSL {
    /// What is heard, and the mouths that go with it, on the shot's clock.
    package struct SpokenLine: Codable, Hashable, Sendable {
        package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
            case speech
            case thought
            case narration
        }

        package var lineID: LineID
        package var speaker: CharacterID
        package var text: String
        package var startMS: Int
        package var endMS: Int
        package var kind: Kind
        /// The lip track to take the mouths from, where they do not stand here.
        package var visemesRef: ArtifactID?
        /// Times from the start of the line.
        package var visemes: [Mouth]
        package var margin = Margin()

        package init(
            lineID: LineID, speaker: CharacterID, text: String = "", startMS: Int, endMS: Int,
            kind: Kind = .speech, visemesRef: ArtifactID? = nil, visemes: [Mouth] = []
        ) {
            self.lineID = lineID
            self.speaker = speaker
            self.text = text
            self.startMS = startMS
            self.endMS = endMS
            self.kind = kind
            self.visemesRef = visemesRef
            self.visemes = visemes
        }
    }

    /// Text drawn into the picture.
    package struct Words: Codable, Hashable, Sendable {
        package var caption: String
        package var title: String
        package var credit: String
        package var placeCard: String
        package var margin = Margin()

        package init(caption: String = "", title: String = "", credit: String = "", placeCard: String = "") {
            self.caption = caption
            self.title = title
            self.credit = credit
            self.placeCard = placeCard
        }
    }
}

extension ShotDSL.SpokenLine {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case lineID = "line_id"
        case speaker
        case text
        case startMS = "start_ms"
        case endMS = "end_ms"
        case kind
        case visemesRef = "visemes_ref"
        case visemes
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            lineID: try group.must(.lineID), speaker: try group.must(.speaker), text: try group.may(.text, or: ""),
            startMS: try group.must(.startMS), endMS: try group.must(.endMS), kind: try group.may(.kind, or: .speech),
            visemesRef: try group.may(.visemesRef), visemes: try group.may(.visemes, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.lineID, lineID)
        try group.put(.speaker, speaker)
        try group.put(.text, text)
        try group.put(.startMS, startMS)
        try group.put(.endMS, endMS)
        try group.put(.kind, kind)
        try group.put(.visemesRef, visemesRef, unless: nil)
        try group.put(.visemes, visemes)
        try group.put(margin)
    }
}

extension ShotDSL.Words {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case caption
        case title
        case credit
        case placeCard = "place_card"
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            caption: try group.may(.caption, or: ""), title: try group.may(.title, or: ""),
            credit: try group.may(.credit, or: ""), placeCard: try group.may(.placeCard, or: ""))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.caption, caption)
        try group.put(.title, title)
        try group.put(.credit, credit)
        try group.put(.placeCard, placeCard)
        try group.put(margin)
    }
}
