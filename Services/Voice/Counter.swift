// AinerVoice · wiring · sees Contracts, Wire
import Contracts
import Wire

/// Where requests come in and answers go out. Every verb returns the exit status.
enum Counter {
    /// A request is a voice file and one line of a story; more than this is neither.
    private static let longestRequest = 256 * 1024
    private static let longestLine = 22_050 * 120

    static func serve() -> Int32 {
        let request: VoiceRequest
        do throws(Refusal) {
            request = try read()
        } catch {
            return hand(over: error)
        }
        do throws(Refusal) {
            let engine = try SpeechEngine(dataPath: request.dataPath)
            let take = try engine.speak(request)
            let reply = VoiceReply(
                status: .ok, engineVersion: engine.version, dataPath: engine.dataPath, sampleRate: engine.sampleRate,
                samples: take.samples.count, words: take.words, phones: take.phones)
            return Pipe.answer(reply, samples: take.samples) ? 0 : 1
        } catch {
            return hand(over: error)
        }
    }

    static func version() -> Int32 {
        do throws(Refusal) {
            let engine = try SpeechEngine(dataPath: nil)
            Pipe.say("ainer-voice 1 (espeak-ng \(engine.version), \(engine.dataPath))")
            return 0
        } catch {
            return hand(over: error)
        }
    }

    /// Speaks a word in both languages. Versions of the engine differ in how they read Han, so the sounds are compared, not
    /// the version: a wrong Mandarin voice reads the characters in English.
    static func health() -> Int32 {
        do throws(Refusal) {
            let engine = try SpeechEngine(dataPath: nil)
            for check in HealthCheck.all {
                let names = try engine.speak(check.request).phones.map(\.name).filter { !$0.hasPrefix("_") }
                guard names.starts(with: check.begins) else {
                    throw Refusal(
                        .failed,
                        "\"\(check.request.text)\" was spoken as \(names.joined(separator: " ")), "
                            + "not beginning with \(check.begins.joined(separator: " "))")
                }
            }
            let reply = VoiceReply(
                status: .ok, engineVersion: engine.version, dataPath: engine.dataPath, sampleRate: engine.sampleRate)
            return Pipe.answer(reply, samples: []) ? 0 : 1
        } catch {
            return hand(over: error)
        }
    }

    private static func read() throws(Refusal) -> VoiceRequest {
        let bytes = try Pipe.line(atMost: longestRequest)
        let request: VoiceRequest
        do {
            request = try JSON.decode(from: bytes)
        } catch {
            throw Refusal(.badRequest, "the request is not the JSON of a VoiceRequest: \(error)")
        }
        guard (1...longestLine).contains(request.sampleLimit) else {
            throw Refusal(.badRequest, "sample_limit is \(request.sampleLimit), and must be 1 to \(longestLine)")
        }
        guard !request.text.utf8.contains(0), !request.voiceFile.utf8.contains(0) else {
            throw Refusal(.badRequest, "the text or the voice file holds a zero byte")
        }
        return request
    }

    private static func hand(over refusal: Refusal) -> Int32 {
        Pipe.complain("ainer-voice: \(refusal.status.rawValue): \(refusal.message)")
        _ = Pipe.answer(VoiceReply(status: refusal.status, message: refusal.message), samples: [])
        return refusal.status == .badRequest ? 2 : 3
    }
}

/// Why there is no take.
struct Refusal: Error {
    let status: VoiceReply.Status
    let message: String

    init(_ status: VoiceReply.Status, _ message: String) {
        self.status = status
        self.message = message
    }
}
