// DoorTests · tests · sees Contracts, HTTP, Kit, Policies, Ports, ProcessDriver, S3Driver
import Contracts
import Foundation
import HTTP
import Kit
import Policies
import Ports
import ProcessDriver
import S3Driver
import Testing

@Suite("Signatures beside AWS's own library")
struct SigV4PeerTests {
    /// A request as both sides are told it.
    private struct Sample: Codable {
        let method: String
        let host: String
        let path: String
        let query: [[String]]
        let fields: [[String]]
        let token: String?
        let payload: String
        let time: String
        let seconds: Int
    }

    private static let count = 400

    @Test("signs and presigns random requests as botocore does")
    func random() async throws {
        let world = try World()
        defer { world.clear() }
        var dice = Dice(20_261_126)
        let samples = (0..<Self.count).map { _ in Self.sample(&dice) }
        let script = try world.file("peer.py", Self.peer)
        let python = try await Servers.moto().python
        let ended = try await ChildPrograms().run(
            Program(python, [script], deadline: .seconds(120)), input: Array(try JSONEncoder().encode(samples)))
        let theirs = String(decoding: ended.output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(theirs.count == Self.count)
        for (sample, wanted) in zip(samples, theirs) {
            let ours = try Self.sign(sample)
            #expect(ours == wanted, "\(sample)")
        }
    }

    private static func sign(_ sample: Sample) throws -> String {
        let signer = Signer(
            accessKey: "AKIDEXAMPLE", secret: "s3cret/+", sessionToken: sample.token, region: "eu-central-1")
        let moment = try #require(Timestamp(text: sample.time))
        let request = Signable(
            HTTPMethod(rawValue: sample.method), host: sample.host, path: sample.path,
            query: sample.query.map { QueryItem($0[0], $0[1]) },
            fields: HTTPFields(sample.fields.map { HTTPFields.Field($0[0], $0[1]) }))
        let signed = signer.sign(request, payload: sample.payload, at: moment)["Authorization"] ?? ""
        let link = signer.presign(request, seconds: sample.seconds, at: moment).last?.value ?? ""
        return "\(signed.suffix(64)) \(link)"
    }

    // MARK: chance

    private static let letters = Array("abcXYZ019-._~ /+=&?%:@!$'()*,;#[]äß漢🎬").map(String.init)

    private static func word(_ dice: inout Dice, _ most: Int) -> String {
        (0..<dice.between(1, most)).map { _ in dice.pick(letters) }.joined()
    }

    private static func sample(_ dice: inout Dice) -> Sample {
        let query = (0..<dice.between(0, 4)).map {
            ["q\($0)" + word(&dice, 5), dice.next() < 0.3 ? "" : word(&dice, 12)]
        }
        let fields = (0..<dice.between(0, 3)).map { number in
            [
                "x-amz-meta-\(number)",
                (0..<dice.between(1, 12)).map { _ in dice.pick(["a", "B", " ", "  ", "1", "/"]) }.joined(),
            ]
        }
        let day = dice.between(10, 28)
        return Sample(
            method: dice.pick(["GET", "PUT", "HEAD", "DELETE"]),
            host: dice.pick(["bucket.s3.amazonaws.com", "127.0.0.1:9000", "minio.example:8443"]),
            path: "/" + word(&dice, 20), query: query, fields: fields, token: dice.next() < 0.3 ? word(&dice, 10) : nil,
            payload: SHA256.hex(of: [UInt8(day)]),
            time: "2026-11-\(day)T0\(dice.between(0, 9)):15:\(dice.between(10, 59))Z",
            seconds: dice.between(1, 604_800))
    }

    private static let peer = """
        import json, sys
        from urllib.parse import quote
        from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        def request(sample, time):
            url = 'https://' + sample['host'] + quote(sample['path'], safe='/-_.~')
            made = AWSRequest(method=sample['method'], url=url, params=dict(sample['query']))
            made.headers['Host'] = sample['host']
            for name, value in sample['fields']:
                made.headers[name] = value
            made.context['timestamp'] = time
            return made

        for sample in json.load(sys.stdin):
            time = sample['time'].replace('-', '').replace(':', '')
            who = Credentials('AKIDEXAMPLE', 's3cret/+', sample.get('token'))
            plain = S3SigV4Auth(who, 's3', 'eu-central-1')
            made = request(sample, time)
            made.headers['X-Amz-Date'] = time
            if sample.get('token'):
                made.headers['X-Amz-Security-Token'] = sample.get('token')
            made.headers['X-Amz-Content-SHA256'] = sample['payload']
            text = plain.string_to_sign(made, plain.canonical_request(made))
            signed = plain.signature(text, made)
            link = S3SigV4QueryAuth(who, 's3', 'eu-central-1', expires=sample['seconds'])
            made = request(sample, time)
            link._modify_request_before_signing(made)
            text = link.string_to_sign(made, link.canonical_request(made))
            print(signed, link.signature(text, made))
        """
}
