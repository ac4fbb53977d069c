// Sound · pure · sees Contracts, Policies
import Contracts

/// Joins the answers of the voice program to one take, and says its words as they were written.
struct TakeBuilder {
    private let lineID: LineID
    private var samples: [Int16] = []
    private var words: [SpokenWord] = []
    private var phones: [Phone] = []

    init(lineID: LineID) { self.lineID = lineID }

    var finished: SpokenTake {
        let timing = TakeTiming(
            lineID: lineID, sampleRate: Speech.sampleRate, samples: samples.count, words: words, phones: phones)
        return SpokenTake(timing: timing, samples: samples)
    }

    mutating func append(_ answer: VoiceAnswer, spoken: SpokenText, written: [Unicode.Scalar]) {
        // A take of nothing but pauses is nothing said.
        guard answer.reply.phones.contains(where: { !Self.isPause($0.name) }) else { return }
        if !samples.isEmpty { samples += [Int16](repeating: 0, count: Speech.join) }
        let offset = samples.count
        samples += answer.samples
        append(answer.reply.phones.sorted { $0.sample < $1.sample }, at: offset)
        append(
            answer.reply.words.sorted { $0.sample < $1.sample }, at: offset, spoken: spoken, written: written,
            pauses: answer.reply.phones.filter { Self.isPause($0.name) }.map(\.sample))
    }

    private mutating func append(_ sounds: [VoiceReply.Sound], at offset: Int) {
        for (index, sound) in sounds.enumerated() {
            let end = index + 1 < sounds.count ? offset + sounds[index + 1].sample : samples.count
            phones.append(Phone(name: sound.name, startMS: ms(offset + sound.sample), endMS: ms(end)))
        }
    }

    /// A word lasts until the next word or pause, and is written up to where the next one begins: the engine's own
    /// length leaves out the point of "Dr." and all but the first part of "well-known".
    private mutating func append(
        _ events: [VoiceReply.Word], at offset: Int, spoken: SpokenText, written: [Unicode.Scalar], pauses: [Int]
    ) {
        let own = samples.count - offset
        for (index, word) in events.enumerated() {
            let next = index + 1 < events.count ? events[index + 1] : nil
            let limit = next?.sample ?? own
            let end = pauses.filter { $0 > word.sample && $0 < limit }.min() ?? limit
            let last = next.map { spoken.source(at: $0.position, or: written.count) } ?? spoken.sourceEnd
            let text = Self.text(of: written, from: spoken.source(at: word.position, or: written.count), to: last)
            guard !text.isEmpty else { continue }
            words.append(SpokenWord(text: text, startMS: ms(offset + word.sample), endMS: ms(offset + end)))
        }
    }

    private static func text(of written: [Unicode.Scalar], from start: Int, to end: Int) -> String {
        guard start < end, end <= written.count else { return "" }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: written[start..<end])
        return String(String(view).drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isPause(_ name: String) -> Bool { name.hasPrefix("_") }
    private func ms(_ sample: Int) -> Int { sample * 1000 / Speech.sampleRate }
}

extension SpokenText {
    /// Where a spoken position stands in the line as written.
    fileprivate func source(at position: Int, or missing: Int) -> Int {
        sources.indices.contains(position) ? sources[position] : missing
    }

    /// After the last scalar that is spoken here.
    fileprivate var sourceEnd: Int { sources.last.map { $0 + 1 } ?? 0 }
}
