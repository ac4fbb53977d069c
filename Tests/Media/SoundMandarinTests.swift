// MediaTests · tests · sees Contracts, Sound
import Contracts
import Sound
import Testing

@Suite("Mandarin on its way to the voice")
struct SoundMandarinTests {
    private let voice = CastVoices.run(
        CastVoices.Input(people: [], language: "zh-Hans", speakingOrder: [], seed: 1))[0]

    @Test(
        "writes out what one character alone would not tell",
        arguments: [
            ("我去银行看书。", "我去银 hang2看书。"), ("他长大了", "他 zhang3大了"), ("她着急地说", "她 zhao2急地说"),
            ("头发白了", "头 fa4白了"), ("他的头发", "他的头 fa4"), ("妈妈和爸爸", "妈 ma5和爸 ba5"),
            ("为什么？", "wei4 shen2 me5？"), ("他睡着了。", "他睡 zhao2 le5。"), ("海边有一座灯塔", "海边有 yi2座灯塔"),
        ])
    func phrases(written: String, spoken: String) { #expect(said(written) == spoken) }

    @Test(
        "bends 一 and 不",
        arguments: [
            ("一个人", "yi2个人"), ("一天", "yi4天"), ("一起", "yi4起"), ("一样", "yi2样"), ("第一次", "第一次"),
            ("十一", "十一"), ("一月", "一月"), ("星期一。", "星期一。"), ("看一看", "看 yi5看"), ("不是", "bu2是"), ("不好", "不好"),
            ("好不好", "好 bu5好"), ("不", "不"),
        ])
    func bending(written: String, spoken: String) { #expect(said(written) == spoken) }

    @Test(
        "says numbers in words",
        arguments: [
            ("3.5公里", "三点五公里"), ("2024年", "二零二四年"), ("他有12只羊", "他有十二只羊"), ("105人", "一百零五人"),
            ("1010人", "一千零一十人"), ("20000人", "二万人"), ("30050元", "三万零五十元"), ("50%的人", "百分之五十的人"),
            ("１００岁", "一百岁"), ("007号", "零零七号"), ("110米", "一百一十米"),
        ])
    func numbers(written: String, spoken: String) {
        let bent = ["yi1", "yi2", "yi4"].reduce(said(written)) { $0.replacing($1, with: "一") }
        #expect(bent.filter { $0 != " " } == spoken)
    }

    @Test("reports its words as they were written")
    func words() throws {
        let line = Line(
            lineID: LineID(ordinal: 1), kind: .speech, speaker: .narrator, text: "我去银行，105个人。", emotion: "neutral")
        let spoken = try #require(Speech.requests(for: line, voice: voice).first).text
        var events: [VoiceReply.Word] = []
        var wasPinyin = false
        for (index, scalar) in spoken.unicodeScalars.enumerated() {
            let isPinyin = scalar.isASCII && scalar != " "
            if scalar.properties.isIdeographic || (isPinyin && !wasPinyin) {
                events.append(VoiceReply.Word(position: index, length: 1, sample: events.count * 2_000))
            }
            wasPinyin = isPinyin
        }
        let count = events.count * 2_000
        let reply = VoiceReply(
            status: .ok, sampleRate: 22_050, samples: count, words: events, phones: [.init(name: "a", sample: 0)])
        let answer = try VoiceAnswer(reply, pcm: [UInt8](repeating: 0, count: count * 2))
        let words = try Speech.reading([answer], of: line, voice: voice).timing.words
        #expect(words.map(\.text) == ["我", "去", "银", "行，", "105", "个", "人。"])
    }

    private func said(_ text: String) -> String {
        let line = Line(
            lineID: LineID(ordinal: 1), kind: .speech, speaker: .narrator, text: text, emotion: "neutral")
        let spoken = Speech.requests(for: line, voice: voice).map(\.text).joined(separator: "|")
        return spoken.split(separator: " ").joined(separator: " ")
    }
}
