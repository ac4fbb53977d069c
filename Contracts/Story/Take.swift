// Contracts · pure · sees nothing

/// How one spoken line came out: its exact length, and when each sound and word of it happens.
package struct TakeTiming: Codable, Hashable, Sendable {
    package var lineID: LineID
    package var sampleRate: Int
    package var samples: Int
    package var words: [SpokenWord]
    package var phones: [Phone]

    package enum CodingKeys: String, CodingKey {
        case lineID = "line_id"
        case sampleRate = "sample_rate"
        case samples
        case words
        case phones
    }

    package init(lineID: LineID, sampleRate: Int, samples: Int, words: [SpokenWord], phones: [Phone]) {
        self.lineID = lineID
        self.sampleRate = sampleRate
        self.samples = samples
        self.words = words
        self.phones = phones
    }

    package var durationMS: Int { sampleRate > 0 ? samples * 1000 / sampleRate : 0 }
}

package struct SpokenWord: Codable, Hashable, Sendable {
    package var text: String
    package var startMS: Int
    package var endMS: Int

    package enum CodingKeys: String, CodingKey {
        case text
        case startMS = "start_ms"
        case endMS = "end_ms"
    }

    package init(text: String, startMS: Int, endMS: Int) {
        self.text = text
        self.startMS = startMS
        self.endMS = endMS
    }
}

/// A sound of speech by the engine's own name.
package struct Phone: Codable, Hashable, Sendable {
    package var name: String
    package var startMS: Int
    package var endMS: Int

    package enum CodingKeys: String, CodingKey {
        case name
        case startMS = "start_ms"
        case endMS = "end_ms"
    }

    package init(name: String, startMS: Int, endMS: Int) {
        self.name = name
        self.startMS = startMS
        self.endMS = endMS
    }
}

/// The mouths of one line, times from the start of the line.
package struct VisemeTrack: Codable, Hashable, Sendable {
    package var lineID: LineID
    package var mouths: [Mouth]

    package enum CodingKeys: String, CodingKey {
        case lineID = "line_id"
        case mouths
    }

    package init(lineID: LineID, mouths: [Mouth]) {
        self.lineID = lineID
        self.mouths = mouths
    }
}

package enum Viseme: String, CaseIterable, Codable, Hashable, Sendable {
    case rest
    case mbp
    case fv
    case tongue
    case teeth
    case half
    case open
    case spread
    case round
}

package struct Mouth: Codable, Hashable, Sendable {
    package var startMS: Int
    package var endMS: Int
    package var shape: Viseme
    package var margin = ShotDSL.Margin()

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case startMS = "start_ms"
        case endMS = "end_ms"
        case shape
    }

    package init(startMS: Int, endMS: Int, shape: Viseme) {
        self.startMS = startMS
        self.endMS = endMS
        self.shape = shape
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(startMS: try group.must(.startMS), endMS: try group.must(.endMS), shape: try group.must(.shape))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.startMS, startMS)
        try group.put(.endMS, endMS)
        try group.put(.shape, shape)
        try group.put(margin)
    }
}
