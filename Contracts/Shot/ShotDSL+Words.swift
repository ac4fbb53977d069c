// Contracts · pure · sees nothing

extension ShotDSL {
    /// What is heard, and the mouths that go with it, on the shot's clock.
    package struct SpokenLine: Codable, Hashable, Sendable {
        package var lineID: LineID
        package var speaker: CharacterID
        package var text: String
        package var startMS: Int
        package var endMS: Int
        package var kind: Line.Kind
        /// Times from the start of the line.
        package var visemes: [Mouth]

        package enum CodingKeys: String, CodingKey {
            case lineID = "line_id"
            case speaker
            case text
            case startMS = "start_ms"
            case endMS = "end_ms"
            case kind
            case visemes
        }

        package init(
            lineID: LineID, speaker: CharacterID, text: String = "", startMS: Int, endMS: Int,
            kind: Line.Kind = .speech, visemes: [Mouth] = []
        ) {
            self.lineID = lineID
            self.speaker = speaker
            self.text = text
            self.startMS = startMS
            self.endMS = endMS
            self.kind = kind
            self.visemes = visemes
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            lineID = try container.decode(LineID.self, forKey: .lineID)
            speaker = try container.decode(CharacterID.self, forKey: .speaker)
            text = try container.value(.text, or: "")
            startMS = try container.decode(Int.self, forKey: .startMS)
            endMS = try container.decode(Int.self, forKey: .endMS)
            kind = try container.value(.kind, or: .speech)
            visemes = try container.value(.visemes, or: [])
        }
    }

    /// Text drawn into the picture.
    package struct Words: Codable, Hashable, Sendable {
        package var caption: String
        package var title: String
        package var credit: String
        package var placeCard: String

        package enum CodingKeys: String, CodingKey {
            case caption
            case title
            case credit
            case placeCard = "place_card"
        }

        package init(caption: String = "", title: String = "", credit: String = "", placeCard: String = "") {
            self.caption = caption
            self.title = title
            self.credit = credit
            self.placeCard = placeCard
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            caption = try container.value(.caption, or: "")
            title = try container.value(.title, or: "")
            credit = try container.value(.credit, or: "")
            placeCard = try container.value(.placeCard, or: "")
        }
    }
}
