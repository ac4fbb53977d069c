// AinerVoice · driver · sees Contracts, Wire
import CEspeak
import Contracts

/// What one text became: the engine hands over sound and events in pieces, and here they are whole.
@safe
final class Tape {
    private(set) var samples: [Int16] = []
    private(set) var words: [VoiceReply.Word] = []
    private(set) var phones: [VoiceReply.Sound] = []
    private(set) var isFull = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Takes one piece. False when the text has grown longer than a line may be.
    func take(_ wave: UnsafeBufferPointer<Int16>, events: UnsafePointer<espeak_EVENT>) -> Bool {
        var event = unsafe events
        while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
            unsafe note(event.pointee)
            unsafe event += 1
        }
        guard samples.count + wave.count <= limit else {
            isFull = true
            return false
        }
        unsafe samples.append(contentsOf: wave)
        return true
    }

    private func note(_ event: espeak_EVENT) {
        let sample = max(0, Int(unsafe event.sample))
        switch unsafe event.type {
        case espeakEVENT_WORD:
            // The engine counts characters from 1.
            let position = max(0, Int(unsafe event.text_position) - 1)
            words.append(VoiceReply.Word(position: position, length: max(0, Int(unsafe event.length)), sample: sample))
        case espeakEVENT_PHONEME:
            let name = unsafe withUnsafeBytes(of: event.id.string) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            // "(en)" announces a change of language; it is not a sound.
            guard !name.hasPrefix("(") else { return }
            phones.append(VoiceReply.Sound(name: name, sample: sample))
        default: return
        }
    }
}

/// The engine's callback. The tape rides in the events' user data, so there is no global of ours.
func receive(
    wave: UnsafeMutablePointer<Int16>?, count: Int32, events: UnsafeMutablePointer<espeak_EVENT>?
) -> Int32 {
    guard let events = unsafe events, let cookie = unsafe events.pointee.user_data else { return 0 }
    // The caller of `espeak_Synth` holds the tape for as long as the engine runs.
    let tape = unsafe Unmanaged<Tape>.fromOpaque(cookie).takeUnretainedValue()
    let piece = unsafe UnsafeBufferPointer(start: UnsafePointer(wave), count: wave == nil ? 0 : max(0, Int(count)))
    return unsafe tape.take(piece, events: events) ? 0 : 1
}
