// Contracts · pure · sees nothing

/// What the voice program reads: one JSON line, one text in one voice.
package struct VoiceRequest: Codable, Hashable, Sendable {
    /// The language's name in the speech engine: `en-us`, `cmn-latn-pinyin`.
    package var language: String
    /// The voice file, whole.
    package var voiceFile: String
    package var rate: Int
    package var pitch: Int
    package var range: Int
    package var volume: Int
    package var text: String
    /// Longer than this is not a line: the program gives up and says so.
    package var sampleLimit: Int
    /// The folder that holds `espeak-ng-data`; absent: the one the library was built for.
    package var dataPath: String?

    package enum CodingKeys: String, CodingKey {
        case language
        case voiceFile = "voice_file"
        case rate
        case pitch
        case range
        case volume
        case text
        case sampleLimit = "sample_limit"
        case dataPath = "data_path"
    }

    package init(
        language: String, voiceFile: String, rate: Int, pitch: Int, range: Int, volume: Int, text: String,
        sampleLimit: Int, dataPath: String? = nil
    ) {
        self.language = language
        self.voiceFile = voiceFile
        self.rate = rate
        self.pitch = pitch
        self.range = range
        self.volume = volume
        self.text = text
        self.sampleLimit = sampleLimit
        self.dataPath = dataPath
    }
}

/// What the voice program writes first: one JSON line. After its newline come `samples` samples, 16 bits, little endian.
package struct VoiceReply: Codable, Hashable, Sendable {
    package enum Status: String, Codable, Hashable, Sendable {
        case ok
        /// The request could not be read.
        case badRequest = "bad_request"
        /// The engine's data is missing, or another folder than the one asked for.
        case noData = "no_data"
        /// The engine does not take the voice file.
        case noVoice = "no_voice"
        /// The text is longer than the request allowed.
        case tooLong = "too_long"
        /// The engine gave up.
        case failed
    }

    /// A word begins: where in the text (Unicode scalars, from 0) and where in the sound.
    package struct Word: Codable, Hashable, Sendable {
        package var position: Int
        package var length: Int
        package var sample: Int

        package init(position: Int, length: Int, sample: Int) {
            self.position = position
            self.length = length
            self.sample = sample
        }
    }

    /// A sound of speech begins, by the engine's own name.
    package struct Sound: Codable, Hashable, Sendable {
        package var name: String
        package var sample: Int

        package init(name: String, sample: Int) {
            self.name = name
            self.sample = sample
        }
    }

    package var status: Status
    /// Empty when all is well; otherwise what happened, for people.
    package var message: String
    package var engineVersion: String
    package var dataPath: String
    package var sampleRate: Int
    package var samples: Int
    package var words: [Word]
    package var phones: [Sound]

    package enum CodingKeys: String, CodingKey {
        case status
        case message
        case engineVersion = "engine_version"
        case dataPath = "data_path"
        case sampleRate = "sample_rate"
        case samples
        case words
        case phones
    }

    package init(
        status: Status, message: String = "", engineVersion: String = "", dataPath: String = "", sampleRate: Int = 0,
        samples: Int = 0, words: [Word] = [], phones: [Sound] = []
    ) {
        self.status = status
        self.message = message
        self.engineVersion = engineVersion
        self.dataPath = dataPath
        self.sampleRate = sampleRate
        self.samples = samples
        self.words = words
        self.phones = phones
    }
}
