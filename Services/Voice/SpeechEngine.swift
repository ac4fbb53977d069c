// AinerVoice · driver · sees Contracts, Wire
import CEspeak
import Contracts
import Glibc

/// espeak-ng, opened once a process and never closed: its `espeak_Terminate` hangs, so the process ends instead.
struct SpeechEngine {
    let sampleRate: Int
    let version: String
    let dataPath: String

    /// Opens the engine. A missing folder would fall back to the system's without a word, so the path is compared.
    init(dataPath wanted: String?) throws(Refusal) {
        let options = espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT
        let rate = unsafe espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 200, wanted, options)
        guard rate > 0 else { throw Refusal(.noData, "espeak-ng finds no data: install espeak-ng-data") }
        unsafe espeak_SetSynthCallback(receive)
        var path: UnsafePointer<CChar>?
        let version = unsafe espeak_Info(&path).map { unsafe String(cString: $0) }
        sampleRate = Int(rate)
        self.version = version ?? "unknown"
        dataPath = unsafe path.map { unsafe String(cString: $0) } ?? ""
        if let wanted, dataPath != wanted, dataPath != wanted + "/espeak-ng-data" {
            throw Refusal(.noData, "there is no espeak-ng data in \(wanted): the engine took \(dataPath) instead")
        }
    }

    /// Speaks one text. Reproducible only for the first text of a process.
    func speak(_ request: VoiceRequest) throws(Refusal) -> Tape {
        try VoiceFolder.holding(request.voiceFile) { () throws(Refusal) in
            // A wrong voice still speaks, with the voice before it: only this status tells.
            let status = unsafe espeak_ng_SetVoiceByFile(VoiceFolder.name)
            guard status == ENS_OK else {
                throw Refusal(
                    .noVoice, "espeak-ng refuses the voice for \(request.language): status \(status.rawValue)")
            }
        }
        try set(espeakRATE, to: request.rate, within: 80...450)
        try set(espeakPITCH, to: request.pitch, within: 0...100)
        try set(espeakRANGE, to: request.range, within: 0...100)
        try set(espeakVOLUME, to: request.volume, within: 0...200)
        try set(espeakWORDGAP, to: 0, within: 0...0)
        // Breath and roughness come from libc's `rand`.
        srand(7)
        return try record(request)
    }

    private func set(_ parameter: espeak_PARAMETER, to value: Int, within range: ClosedRange<Int>) throws(Refusal) {
        let clamped = min(max(value, range.lowerBound), range.upperBound)
        let status = espeak_SetParameter(parameter, Int32(clamped), 0)
        guard status == EE_OK else {
            throw Refusal(.failed, "espeak-ng refuses parameter \(parameter.rawValue) = \(clamped)")
        }
    }

    private func record(_ request: VoiceRequest) throws(Refusal) -> Tape {
        let tape = Tape(limit: request.sampleLimit)
        let text = Array(request.text.utf8CString)
        let status = withExtendedLifetime(tape) {
            unsafe espeak_Synth(
                text, text.count, 0, POS_CHARACTER, 0, UInt32(espeakCHARS_UTF8), nil,
                Unmanaged.passUnretained(tape).toOpaque())
        }
        guard !tape.isFull else {
            throw Refusal(.tooLong, "the text gives more than \(request.sampleLimit) samples: it is not one line")
        }
        guard status == EE_OK else { throw Refusal(.failed, "espeak-ng gave up: status \(status.rawValue)") }
        return tape
    }
}
