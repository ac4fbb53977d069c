// SharedTests · tests · sees Policies, RabbitDriver
import Policies
import RabbitDriver
import Testing

@Suite("The URL of a server")
struct ServerURLTests {
    @Test(
        "takes two hexadecimal digits behind a %, and nothing that only reads as a number",
        arguments: [
            ("a%2Fb", "a/b"), ("%c3%A9", "é"), ("%", nil), ("%2", nil), ("%+f", nil), ("%-1", nil), ("% 1", nil),
            ("%ff", nil),
        ])
    func escapes(_ text: String, _ plain: String?) {
        let read = try? ServerURL.plain(text[...], "the password")  // nil is what is compared
        #expect(read == plain)
    }

    @Test("names its place in all its forms, and never what it read of a password")
    func places() throws {
        #expect(try ServerURL.hostAndPort("[::1]:7", standard: 5) == ("::1", 7))
        #expect(try ServerURL.hostAndPort("host", standard: 5) == ("host", 5))
        for bad in ["", ":7", "host:0", "host:70000", "[::1"] {
            #expect(throws: ServerURL.Fault.self) { try ServerURL.hostAndPort(bad[...], standard: 5) }
        }
        let fault = #expect(throws: (any Error).self) { try BrokerAddress("amqp://me:ses%ame@host/") }
        #expect("\(String(describing: fault))".contains("ses") == false)
    }
}
