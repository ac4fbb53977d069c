// DoorTests · tests · sees HTTP, Contracts
import Contracts
import HTTP
import Testing

@Suite("the codecs of HTTP")
struct CodecTests {
    @Test("a target is taken apart before it is decoded")
    func target() throws {
        let target = try URLTarget("/api/v1/%E4%BD%A0?b=1+2&a=%26&b&=x")
        #expect(target.segments == ["api", "v1", "你"])
        #expect(target.query.values(of: "b") == ["1 2", ""])
        #expect(target.query["a"] == "&")
        #expect(try URLTarget("HTTP://host/a").segments == ["a"])
        #expect(try URLTarget("/a/").segments == ["a", ""])
    }

    @Test(
        "a target with two readings is refused",
        arguments: [
            "/%00", "/%", "/%4", "/%zz", "/..", "/a/%2e%2e/b", "/.", "/%2e", "/a%2fb", "/a%5cb", "/a\\b", "/%ff", "",
            "*",
            "a/b", "/a#b", "/a b", "/?x=%", "/?x=%00", "/?%ff", "/\u{e9}", "http://host",
        ])
    func refusedTarget(text: String) { #expect(throws: URLTarget.Fault.self) { try URLTarget(text) } }

    @Test("a URL says where to connect and what to ask for")
    func url() throws {
        let url = try #require(WebURL("HTTPS://user:p%40ss@Example.ORG:444/a%20b?c=d#e"))
        #expect(url.scheme == "https" && url.host == "example.org" && url.port == 444)
        #expect(url.user == "user" && url.password == "p@ss")
        #expect(url.target == "/a%20b?c=d")
        #expect(url.text == "https://user:p%40ss@example.org:444/a%20b?c=d")
        let six = try #require(WebURL("http://[::1]?q"))
        #expect(six.host == "::1" && six.hostField == "[::1]" && six.target == "/?q" && six.knownPort == 80)
    }

    @Test(
        "what is not exactly a URL is none",
        arguments: [
            "", "http", "http:/x", "http://", "http://a:65536/", "http://a:/", "http://a:-1/", "http://[::1/",
            "http://[1]/",
            "http://127.1/", "http://256.1.1.1/", "http://a b/", "http://a\\b/", "http://a/%4", "1http://a/",
            "http://é/",
            "http://a..b/", "http://[::1]x/", "http://-:1:2/",
        ])
    func noURL(text: String) { #expect(WebURL(text) == nil) }

    @Test(
        "addresses in every spelling",
        arguments: ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "fe80::1:2", "1.2.3.4", "1::8"])
    func address(text: String) { #expect(IPAddress(text) != nil) }

    @Test(
        "no addresses",
        arguments: [
            "", ":", ":::", "1:2", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "01.2.3.4", "1.2.3", ":1::",
            "1:2:3:4:5:6:7::8:9",
        ])
    func noAddress(text: String) { #expect(IPAddress(text) == nil) }

    @Test("one part of a file is served, several are answered by the whole")
    func range() {
        #expect(ByteRange("bytes=0-9", of: 100) == .part(0..<10))
        #expect(ByteRange("bytes=90-200", of: 100) == .part(90..<100))
        #expect(ByteRange("bytes=-5", of: 100) == .part(95..<100))
        #expect(ByteRange("bytes=-500", of: 100) == .part(0..<100))
        #expect(ByteRange("bytes=7-", of: 100) == .part(7..<100))
        #expect(ByteRange("bytes=7-99999999999999999999", of: 100) == .part(7..<100))
        #expect(ByteRange("bytes=100-", of: 100) == .unsatisfiable)
        #expect(ByteRange("bytes=99999999999999999999-", of: 100) == .unsatisfiable)
        #expect(ByteRange("bytes=-0", of: 100) == .unsatisfiable)
        #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
        for whole in [nil, "", "bytes", "bytes=", "bytes=-", "bytes=9-7", "items=0-1", "bytes=0-1,5-6", "bytes=a-b"] {
            #expect(ByteRange(whole, of: 100) == .whole)
        }
        #expect(ByteRange.text(0..<10, of: 100) == "bytes 0-9/100")
    }

    @Test("a client that has it already is told so")
    func conditions() {
        let tag = EntityTag("v1")
        let weak = EntityTag("v1", isWeak: true)
        let time = HTTPDate.time("Sun, 06 Nov 1994 08:49:37 GMT")
        func decide(_ method: HTTPMethod, _ fields: HTTPFields, _ tag: EntityTag?) -> Conditional {
            Conditional.decide(method, fields, tag: tag, modified: tag == nil ? nil : time)
        }
        #expect(decide(.get, ["If-None-Match": #""v0", W/"v1""#], tag) == .notModified)
        #expect(decide(.get, ["If-None-Match": #""v0""#], tag) == .proceed)
        #expect(decide(.get, ["If-None-Match": "*"], tag) == .notModified)
        #expect(decide(.put, ["If-None-Match": "*"], tag) == .failed)
        #expect(decide(.put, ["If-None-Match": "*"], nil) == .proceed)
        #expect(decide(.put, ["If-Match": #""v1""#], tag) == .proceed)
        #expect(decide(.put, ["If-Match": #""v1""#], weak) == .failed)
        #expect(decide(.put, ["If-Match": #""v2""#], tag) == .failed)
        #expect(decide(.put, ["If-Match": "*"], nil) == .failed)
        #expect(decide(.put, ["If-Match": "nonsense"], tag) == .failed)
        #expect(decide(.get, ["If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"], tag) == .notModified)
        #expect(decide(.get, ["If-Modified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"], tag) == .proceed)
        #expect(decide(.put, ["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"], tag) == .failed)
        #expect(
            decide(.get, ["If-None-Match": #""v0""#, "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"], tag)
                == .proceed)
    }

    @Test("a part is sent only of what the client has begun to fetch")
    func ifRange() {
        let tag = EntityTag("v1")
        #expect(Conditional.allowsPart([:], tag: tag, modified: nil))
        #expect(Conditional.allowsPart(["If-Range": #""v1""#], tag: tag, modified: nil))
        #expect(!Conditional.allowsPart(["If-Range": #"W/"v1""#], tag: tag, modified: nil))
        #expect(!Conditional.allowsPart(["If-Range": #""v2""#], tag: tag, modified: nil))
        #expect(!Conditional.allowsPart(["If-Range": "yesterday"], tag: tag, modified: nil))
    }

    @Test("three spellings of one time")
    func dates() throws {
        let time = try #require(HTTPDate.time("Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(HTTPDate.time("Sunday, 06-Nov-94 08:49:37 GMT") == time)
        #expect(HTTPDate.time("Sun Nov  6 08:49:37 1994") == time)
        #expect(HTTPDate.text(of: time) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(of: Timestamp(microseconds: -1)) == "Wed, 31 Dec 1969 23:59:59 GMT")
        for day in 0..<2000 as Range<Int64> {
            let time = Timestamp(microseconds: day * 86_400_000_000 * 17)
            #expect(HTTPDate.time(HTTPDate.text(of: time)) == time)
        }
        for text in ["", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT"] {
            #expect(HTTPDate.time(text) == nil)
        }
    }

    @Test("a client gets what it would like best")
    func accept() {
        let offers = [MediaType.json, .problem, .events]
        #expect(Accept([]).best(of: offers) == .json)
        #expect(Accept(["*/*"]).best(of: offers) == .json)
        #expect(Accept(["text/event-stream"]).best(of: offers) == .events)
        #expect(Accept(["application/json;q=0.5, text/*"]).best(of: offers) == .events)
        #expect(Accept(["application/json;q=0, */*"]).best(of: [.json]) == nil)
        #expect(Accept(["text/html"]).best(of: offers) == nil)
        #expect(Accept(["text/html", "application/*;q=0.1"]).best(of: offers) == .json)
        #expect(Accept(["application/json; charset=\"a,b\"; q=0.9"]).best(of: offers) == .json)
    }

    @Test("a media type is read with its parameters, whatever their case")
    func mediaType() {
        let type = MediaType(field: "Application/JSON ; Charset=\"utf-8\"")
        #expect(type?.essence == "application/json")
        #expect(type?.parameters == ["charset": "utf-8"])
        #expect(MediaType("a/b", ["x": "1 2", "c": "d"]).description == "a/b; c=d; x=\"1 2\"")
        for text in ["", "json", "a/", "/b", "*/*", "a/b;c", "a/b c", "a/b;c=\"d"] {
            #expect(MediaType(field: text) == nil)
        }
    }

    @Test("a bearer shows one token")
    func credentials() {
        #expect(Credentials("Bearer ak_1.x-~+/=") == .bearer("ak_1.x-~+/="))
        #expect(Credentials("bearer  t ") == .bearer("t"))
        #expect(Credentials("Basic abc") == .other(scheme: "basic"))
        for text in ["", "Bearer", "Bearer ", "Bearer a b", "Bearer \u{7}"] { #expect(Credentials(text) == nil) }
    }

    @Test("a limit says where a caller stands")
    func rateLimit() {
        var fields = HTTPFields()
        RateLimit("runs", quota: 20, window: .seconds(60), remaining: 19, reset: .milliseconds(57_200)).write(
            to: &fields)
        #expect(fields["RateLimit-Policy"] == #""runs";q=20;w=60"#)
        #expect(fields["RateLimit"] == #""runs";r=19;t=58"#)
    }

    @Test("who stands before a proxy is believed only as far as the proxies are ours")
    func forwarded() throws {
        let proxy = try #require(IPAddress("10.0.0.1"))
        func client(_ peer: String, _ path: String) -> String {
            Forwarded.client(of: RequestHead(.get, "/", ["X-Forwarded-For": path], peer: peer), trusted: [proxy])
        }
        #expect(client("9.9.9.9", "1.1.1.1") == "9.9.9.9")
        #expect(client("10.0.0.1", "1.1.1.1, 2.2.2.2") == "2.2.2.2")
        #expect(client("10.0.0.1", "1.1.1.1, 10.0.0.1") == "1.1.1.1")
        #expect(client("10.0.0.1", "<script>") == "10.0.0.1")
    }

    @Test("a form keeps to its limits")
    func formLimits() throws {
        let type = MediaType("multipart/form-data", ["boundary": "b"])
        let head = "Content-Disposition: form-data; name=\"a\"\r\n\r\n"
        func read(_ text: String, _ limits: MultipartReader.Limits = .init()) throws -> [MultipartPiece] {
            var reader = try #require(MultipartReader(type, limits: limits))
            let pieces = try reader.read(Array(text.utf8))
            try reader.end()
            return pieces
        }
        let part = MultipartHead(name: "a", fileName: nil, type: nil)
        #expect(try read("--b\r\n\(head)x\r\n--b--") == [.begins(part), .bytes([0x78]), .ends])
        #expect(try read("--b\r\n\(head)\r\n--b--\r\nepilogue") == [.begins(part), .ends])
        #expect(try read("--b--") == [])
        for bad in [
            "", "--b", "x--b--", "--b\r\n\r\nx\r\n--b--", "--b\r\n\(head)x", "--bc\r\n",
            "--b\r\nX : y\r\n\r\n\r\n--b--",
        ] {
            #expect(throws: MultipartFault.self) { try read(bad) }
        }
        #expect(throws: MultipartFault.self) { try read("--b\r\n\(head)xy\r\n--b--", .init(partBytes: 1)) }
        #expect(throws: MultipartFault.self) { try read("--b\r\n\(head)x\r\n--b--", .init(headBytes: 9)) }
        #expect(throws: MultipartFault.self) { try read("--b\r\n\(head)x\r\n--b--", .init(parts: 0)) }
        for boundary in ["", "a b ", "é", String(repeating: "b", count: 71)] {
            #expect(MultipartReader(MediaType("multipart/form-data", ["boundary": boundary])) == nil)
        }
    }
}
