// AinerVoice · wiring · sees Contracts, Wire
import Contracts

/// A word whose sounds are known.
struct HealthCheck {
    let request: VoiceRequest
    let begins: [String]

    static let all = [
        HealthCheck(
            language: "en-us", lines: ["phonemes en-us", "dictrules 3 6"], text: "hello", begins: ["h"]),
        HealthCheck(
            language: "cmn-latn-pinyin",
            lines: ["phonemes cmn", "dictionary cmn", "words 1", "dict_min 100000"],
            text: "你好", begins: ["n", "i"]),
    ]

    private init(language: String, lines: [String], text: String, begins: [String]) {
        let file = (["name check", "language \(language)"] + lines + ["pitch 82 118"]).joined(separator: "\n") + "\n"
        request = VoiceRequest(
            language: language, voiceFile: file, rate: 150, pitch: 50, range: 50, volume: 100, text: text,
            sampleLimit: 22_050 * 5)
        self.begins = begins
    }
}
