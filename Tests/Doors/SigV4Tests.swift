// DoorTests · tests · sees Contracts, HTTP, S3Driver
import Contracts
import HTTP
import S3Driver
import Testing

@Suite("Signatures as AWS publishes them")
struct SigV4Tests {
    @Test("HMAC-SHA256 gives what RFC 4231 says")
    func hmac() {
        func sign(_ key: [UInt8], _ text: [UInt8]) -> String { HMAC.sign(text, key: key).hexText }
        func times(_ byte: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
        #expect(
            sign(times(0x0b, 20), Array("Hi There".utf8))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            sign(Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            sign(times(0xaa, 20), times(0xdd, 50))
                == "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")
        #expect(
            sign(Array(1...25), times(0xcd, 50)) == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")
        #expect(
            sign(times(0xaa, 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        let long =
            "This is a test using a larger than block-size key and a larger than block-size data. "
            + "The key needs to be hashed before being used by the HMAC algorithm."
        #expect(
            sign(times(0xaa, 131), Array(long.utf8))
                == "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")
        #expect(HMAC.isEqual([1, 2], [1, 2]))
        #expect(!HMAC.isEqual([1, 2], [1, 3]))
        #expect(!HMAC.isEqual([1, 2], [1]))
    }

    // MARK: the examples of the S3 documentation

    private static let docs = Signer(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1")
    private static let docsTime = Timestamp(text: "2013-05-24T00:00:00Z")
    private static let docsHost = "examplebucket.s3.amazonaws.com"

    private static func signature(_ request: Signable, _ payload: String = Signer.empty) throws -> String {
        let fields = docs.sign(request, payload: payload, at: try #require(docsTime))
        let words = try #require(fields["Authorization"]).components(after: "Signature=")
        return words
    }

    @Test("GET of an object's first bytes")
    func getObject() throws {
        let request = Signable(.get, host: Self.docsHost, path: "/test.txt", fields: ["Range": "bytes=0-9"])
        #expect(try Self.signature(request) == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
        let fields = Self.docs.sign(request, payload: Signer.empty, at: try #require(Self.docsTime))
        #expect(
            fields["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("PUT of an object whose name needs encoding")
    func putObject() throws {
        let request = Signable(
            .put, host: Self.docsHost, path: "/test$file.text",
            fields: ["Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"])
        let payload = SHA256.hex(of: Array("Welcome to Amazon S3.".utf8))
        #expect(
            try Self.signature(request, payload) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
    }

    @Test("GET of a bucket's life cycle, a query without a value")
    func lifecycle() throws {
        let request = Signable(.get, host: Self.docsHost, path: "/", query: [QueryItem("lifecycle", "")])
        #expect(try Self.signature(request) == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
    }

    @Test("GET of a list of objects")
    func list() throws {
        let query = [QueryItem("prefix", "J"), QueryItem("max-keys", "2")]
        let request = Signable(.get, host: Self.docsHost, path: "/", query: query)
        #expect(try Self.signature(request) == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    }

    @Test("a presigned GET")
    func presigned() throws {
        let request = Signable(.get, host: Self.docsHost, path: "/test.txt")
        let query = Self.docs.presign(request, seconds: 86400, at: try #require(Self.docsTime))
        #expect(
            Signer.queryText(query)
                == "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
                + "&X-Amz-SignedHeaders=host")
    }

    // MARK: the test suite of Signature Version 4

    @Test(
        "the published suite's requests without a body",
        arguments: [
            ("GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            ("GET", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        ])
    func suite(_ method: String, _ query: String, _ wanted: String) throws {
        let signer = Signer(
            accessKey: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1",
            service: "service")
        let items = query.split(separator: "&").map { $0.split(separator: "=").map(String.init) }
        let request = Signable(
            HTTPMethod(rawValue: method), host: "example.amazonaws.com", path: "/",
            query: items.map { QueryItem($0[0], $0[1]) })
        let time = try #require(Timestamp(text: "2015-08-30T12:36:00Z"))
        let fields = signer.sign(request, payload: Signer.empty, at: time)
        #expect(fields["Authorization"]?.hasSuffix("Signature=" + wanted) == true)
    }

    @Test("writes text in a URL the one way AWS takes")
    func percentCode() {
        #expect(PercentCoding.encoded("a/b c+d*e~f=g&ä") == "a%2Fb%20c%2Bd%2Ae~f%3Dg%26%C3%A4")
        #expect(PercentCoding.encodedPath("/a b/./../c%20") == "/a%20b/./../c%2520")
        let query = [QueryItem("b", "2"), QueryItem("a b", ""), QueryItem("b", "1"), QueryItem("B", "3")]
        #expect(Signer.queryText(query) == "B=3&a%20b=&b=1&b=2")
    }
}

extension String {
    fileprivate func components(after mark: String) -> String {
        firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? ""
    }
}
