// SharedTests · tests · sees Contracts, Ports, RabbitDriver, Kit
import Contracts
import Kit
import Ports
import RabbitDriver
import Testing

@Suite("The door of the broker")
struct RabbitDoorTests {
    @Test(
        "says what is wrong with a URL, and never repeats its password",
        arguments: [
            ("http://guest:secret@localhost", "amqp://"), ("amqp://", "no host"), ("amqp://guest:secret@", "no host"),
            ("amqp://h:0", "no port"), ("amqp://h:70000", "no port"), ("amqp://h:x", "no port"),
            ("amqp://u:se%zzcret@h", "password"), ("amqp://h?heartbeat=0", "heartbeat"),
            ("amqp://h?colour=red", "colour"), ("amqp://h?cacertfile=/x", "amqps"), ("", "amqp://"),
            ("amqp://[::1", "no host"), ("amqp://u:%ff@h", "UTF-8"),
        ])
    func badURL(url: String, word: String) async {
        let failure = await #expect(throws: BusFailure.self) { try await RabbitBusTests.open(url) }
        #expect(failure?.code == .refused)
        #expect(failure?.cause.contains(word) == true, "\(failure?.cause ?? "")")
        #expect(failure?.cause.contains("secret") == false)
    }

    @Test("reads every part of a URL")
    func goodURL() throws {
        let address = try BrokerAddress("amqps://us%40er:p%3Aw%2F@[::1]:1234/a%2Fb?heartbeat=3&cacertfile=%2Fca.pem")
        #expect(address.host == "::1")
        #expect(address.port == 1234)
        #expect(address.user == "us@er")
        #expect(address.password == "p:w/")
        #expect(address.vhost == "a/b")
        #expect(address.heartbeat == 3)
        #expect(address.authorities == "/ca.pem")
        let plain = try BrokerAddress("amqp://h")
        #expect(plain.vhost == "/")
        #expect(plain.port == 5672)
        #expect(plain.label == "amqp://guest@h:5672/")
        let sealed = try BrokerAddress("amqps://h/x")
        #expect(sealed.port == 5671)
        #expect(sealed.vhost == "x")
    }

    @Test("lets in whoever has a password that a URL must escape")
    func escaped() async throws {
        let server = try await Servers.rabbit()
        let bus = try await RabbitBusTests.open(try server.guardedURL(of: try await server.freshVhost()))
        try await bus.declare(Topology([Traffic.queue: []]))
        await bus.close()
    }

    @Test("says at once that the password is wrong, the host is not there, or that nobody listens")
    func refused() async throws {
        let server = try await Servers.rabbit()
        let good = try await server.vhostURL()
        let wrong = good.replacing("guest:guest@", with: "guest:secret@")
        let password = await #expect(throws: BusFailure.self) { try await RabbitBusTests.open(wrong) }
        #expect(password?.code == .refused)
        #expect(password?.cause.contains("check the user and the password") == true, "\(password?.cause ?? "")")
        #expect(password?.cause.contains("secret") == false)
        let vhost = await #expect(throws: BusFailure.self) { try await RabbitBusTests.open(good + "-nowhere") }
        #expect(vhost?.code == .refused)
        #expect(vhost?.cause.contains("virtual host") == true, "\(vhost?.cause ?? "")")
        let port = await #expect(throws: BusFailure.self) {
            try await RabbitBusTests.open("amqp://127.0.0.1:1", patience: .seconds(1))
        }
        #expect(port?.code == .unreachable)
        #expect(port?.cause.contains("127.0.0.1:1") == true, "\(port?.cause ?? "")")
        let name = await #expect(throws: BusFailure.self) {
            try await RabbitBusTests.open("amqp://no-such-host.invalid", patience: .seconds(1))
        }
        #expect(name?.cause.contains("no-such-host.invalid") == true, "\(name?.cause ?? "")")
    }

    @Test("goes through amqps when the authority is ours, and not when it is another or the name is not the server's")
    func sealed() async throws {
        let server = try await Servers.rabbit()
        let url = try server.tlsURL(of: try await server.freshVhost())
        let trusted = url + "?cacertfile=\(try server.authority)"
        let bus = try await RabbitBusTests.open(trusted)
        try await Traffic.flow(over: bus) {}
        try await bus.publish([
            Letter(
                id: EventID(trusted: "evt_big"), to: .queue(Traffic.queue),
                body: [UInt8](repeating: 7, count: 3_000_000))
        ])
        let big = try await bus.take(from: Traffic.queue, upTo: 1)
        #expect(big.first?.letter.body == [UInt8](repeating: 7, count: 3_000_000))
        await bus.close()
        let untrusted = await #expect(throws: BusFailure.self) { try await RabbitBusTests.open(url) }
        #expect(untrusted?.code == .refused)
        #expect(untrusted?.cause.contains("TLS") == true, "\(untrusted?.cause ?? "")")
        let plain = try await server.vhostURL().replacing("amqp://", with: "amqps://")
        let notTLS = await #expect(throws: BusFailure.self) {
            try await RabbitBusTests.open(plain, patience: .seconds(6))
        }
        #expect(notTLS?.cause.contains("TLS") == true, "\(notTLS?.cause ?? "")")
    }

    @Test("gives up on whoever answers and is no broker")
    func silent() async throws {
        let server = try await Servers.rabbit()
        let proxy = try await Proxy.open(to: try server.port)
        await proxy.drop()
        let failure = await #expect(throws: BusFailure.self) {
            try await RabbitBusTests.open("amqp://127.0.0.1:\(proxy.port)", patience: .seconds(1))
        }
        #expect(failure?.code == .unreachable)
        await proxy.close()
    }
}
