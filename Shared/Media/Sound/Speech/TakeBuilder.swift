// Sound · pure · sees Contracts, Policies
import Contracts

/// Joins the answers of the voice program to one take, and says its words as they were written. A word lasts until the
/// next word or pause.
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

    mutating func append(_ answer: VoiceAnswer, to part: Script.Part, written: [Unicode.Scalar]) {
        // A take of nothing but pauses is nothing said.
        guard answer.reply.phones.contains(where: { !Self.isPause($0.name) }) else { return }
        if !samples.isEmpty { samples += [Int16](repeating: 0, count: Speech.join) }
        let offset = samples.count
        samples += answer.samples
        append(answer.reply.phones.sorted { $0.sample < $1.sample }, at: offset)
        let pauses = answer.reply.phones.filter { Self.isPause($0.name) }.map(\.sample)
        let sounds = answer.reply.phones.filter { !Self.isPause($0.name) }.map(\.sample)
        let beginnings = Self.beginnings(answer.reply.words.sorted { $0.sample < $1.sample }, in: part)
        for (index, word) in beginnings.enumerated() {
            let next = index + 1 < beginnings.count ? beginnings[index + 1] : nil
            let limit = next?.sample ?? answer.samples.count
            // The engine's event is some way before a stop that begins the word: its first sound is when it is heard.
            let start = sounds.filter { $0 >= word.sample && $0 < limit }.min() ?? word.sample
            let end = pauses.filter { $0 > start && $0 < limit }.min() ?? limit
            let text = part.spoken.written(
                word.position..<(next?.position ?? part.spoken.scalars.count), from: written)
            words.append(SpokenWord(text: text, startMS: ms(offset + start), endMS: ms(offset + end)))
        }
    }

    /// The events that begin a word as it is written. The engine also sends some for groups of digits inside a number, for
    /// what follows a hyphen or an apostrophe, and now and then for no word at all.
    private static func beginnings(_ events: [VoiceReply.Word], in part: Script.Part) -> [VoiceReply.Word] {
        let scalars = part.spoken.scalars
        return events.reduce(into: []) { kept, event in
            guard scalars.indices.contains(event.position), event.position > kept.last?.position ?? -1 else { return }
            let isAfterSpace = event.position == 0 || scalars[event.position - 1] == " "
            let isSameNumber = kept.last.map { part.spoken.sources[$0.position] == part.spoken.sources[event.position] }
            if part.language == .mandarin ? isSameNumber != true : isAfterSpace { kept.append(event) }
        }
    }

    private mutating func append(_ sounds: [VoiceReply.Sound], at offset: Int) {
        for (index, sound) in sounds.enumerated() {
            let end = index + 1 < sounds.count ? offset + sounds[index + 1].sample : samples.count
            phones.append(Phone(name: sound.name, startMS: ms(offset + sound.sample), endMS: ms(end)))
        }
    }

    private static func isPause(_ name: String) -> Bool { name.hasPrefix("_") }
    private func ms(_ sample: Int) -> Int { sample * 1000 / Speech.sampleRate }
}

extension SpokenText {
    /// What was written where this is spoken, signs included, up to where the next word begins.
    fileprivate func written(_ range: Range<Int>, from line: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        var last = 0..<0
        for index in range where scalars.indices.contains(index) && sources[index].upperBound <= line.count {
            if scalars[index] == " " {
                view.append(" ")
            } else if sources[index] != last {
                // Pinyin is several letters for one character, a number several words for its figures.
                view.append(contentsOf: line[sources[index]])
                last = sources[index]
            }
        }
        let text = String(view).drop(while: \.isWhitespace)
        return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }
}
