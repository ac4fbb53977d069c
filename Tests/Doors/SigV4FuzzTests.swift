// DoorTests · tests · sees Contracts, FileDriver, HTTP, HTTPClientDriver, Policies, Ports, S3Driver
import Contracts
import FileDriver
import Foundation
import HTTP
import HTTPClientDriver
import Policies
import Ports
import S3Driver
import Testing

@Suite("What comes from outside cannot break the readers")
struct SigV4FuzzTests {
    /// Flips, drops, doubles and inserts bytes.
    private static func mutate(_ seed: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = seed
        for _ in 0..<dice.between(1, 6) {
            guard !bytes.isEmpty else { return bytes }
            let place = dice.between(0, bytes.count - 1)
            switch dice.between(0, 4) {
            case 0: bytes[place] = UInt8(dice.between(0, 255))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + dice.between(1, 40))], at: place)
            case 3:
                bytes.insert(
                    contentsOf: Array(dice.pick(["<", ">", "&", ";", "</", "\"", "\r\n", "\0", "é"]).utf8), at: place)
            default: bytes.removeLast(bytes.count - place)
            }
        }
        return bytes
    }

    @Test("20,000 broken pieces of XML are read or refused")
    func xml() {
        let seeds = [
            "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code><Message>a &amp; b &#x2d;</Message></Error>",
            "<ListBucketResult xmlns='x'><Contents><Key>k</Key><Size>1</Size></Contents><A/></ListBucketResult>",
        ].map { Array($0.utf8) }
        var dice = Dice(1)
        var readable = 0
        for _ in 0..<20_000 {
            let bytes = Self.mutate(dice.pick(seeds), &dice)
            if XMLReader.read(bytes) != nil { readable += 1 }
        }
        #expect(seeds.allSatisfy { XMLReader.read($0) != nil })
        #expect(readable > 100)
    }

    @Test("10,000 random requests are signed the same twice, in plain ASCII, and otherwise when anything changes")
    func signatures() throws {
        let signer = Signer(accessKey: "AKIDEXAMPLE", secret: "s3cret", region: "r")
        let moment = try #require(Timestamp(text: "2026-11-26T00:00:00Z"))
        var dice = Dice(2)
        var seen: Set<String> = []
        for _ in 0..<10_000 {
            let noise = String(
                decoding: (0..<dice.between(0, 30)).map { _ in UInt8(dice.between(0, 255)) }, as: UTF8.self)
            var request = Signable(.get, host: "h", path: "/" + noise, query: [QueryItem(noise, "\(dice.next())")])
            request.fields.add("x", noise)
            let text = signer.sign(request, payload: "p", at: moment)["Authorization"] ?? ""
            let code = PercentCoding.encoded(noise)
            // A question for each would take longer than the answers.
            let isRight =
                text == signer.sign(request, payload: "p", at: moment)["Authorization"]
                && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && seen.insert(text).inserted
                && code.removingPercentEncoding == noise && code.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            if !isRight { Issue.record("\(Array(noise.utf8))") }
        }
    }

    @Test("20,000 changed links are refused")
    func links() throws {
        let links = try #require(FileLinks(secret: [UInt8](repeating: 9, count: 32), base: ""))
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        let key = try #require(ObjectKey(hex: SHA256.hex(of: [1])))
        let acts: [ObjectAct] = [
            .get(key), .put("job_1/0", announced: nil), .put("a", announced: StagedFile(key: key, sizeBytes: 3)),
        ]
        let good = try acts.map { try links.link($0, until: now + .seconds(60)) }
        for (act, link) in zip(acts, good) {
            #expect(try links.verify(method: link.method, target: link.url, now: now) == act)
        }
        var dice = Dice(3)
        for _ in 0..<20_000 {
            let link = dice.pick(good)
            let target = String(decoding: Self.mutate(Array(link.url.utf8), &dice), as: UTF8.self)
            if target == link.url { continue }
            let act = try? links.verify(method: link.method, target: target, now: now)  // refused is what is wanted
            if act != nil { Issue.record("\(target)") }
        }
    }

    @Test("300 broken answers are read or refused, and the client goes on")
    func answers() async throws {
        let seeds = [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: a\r\n b\r\n\r\nhello",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n",
        ].map { Array($0.utf8) }
        let host = try ClientHost.open { peer, asked in
            guard let number = Int(asked.path.dropFirst()) else { return try peer.answer() }
            var dice = Dice(UInt64(number))
            try peer.say(Self.mutate(dice.pick(seeds), &dice))
            throw ClientPeer.Gone()
        }
        defer { host.close() }
        let client = try HTTPClient()
        for number in 0..<300 {
            var call = HTTPCall(.get, "\(host.url)/\(number)")
            call.retries = .never
            call.patience.whole = .seconds(5)
            let sent = call
            let failure = await clientFailure { _ = try await client.fetch(sent) }
            #expect(failure?.code != .timeout)
        }
        #expect(try await client.fetch(HTTPCall(.get, host.url + "/well")).answer.status == 200)
    }
}
