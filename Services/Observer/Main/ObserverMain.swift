// ObserverMain · wiring · sees Contracts, Embedded, Opening, Ports, ServiceHost, Settings, Telemetry, Wire
import Contracts
import Embedded
import Opening
import Ports
import ServiceHost
import Settings
import Telemetry
import Wire

/// The observer in a process of its own. So far it counts what is said, by type and by who said it, for `/metrics`; what was
/// said before it began it does not know.
@main
struct ObserverMain {
    static func main() async {
        await ServiceHost.Host.open(
            ProgramName("observer", version: HouseVersion.text), ObserverSettings.self, clock: SystemClock(),
            entropy: SystemEntropy(), seat)
    }

    @Sendable private static func seat(_ settings: ObserverSettings, _ host: ServiceHost.Host) async throws {
        let farm = Farm(host, settings.places)
        let bus = try await farm.bus()
        let events = host.metrics.counter(
            "ainer_events_total", "Events that were said.", labels: ["event_type", "producer"])
        let unread = host.metrics.counter("ainer_events_unread_total", "Letters of the tail that are no events.")
        let log = host.log
        let clock = host.clock
        farm.work([
            Service("reader of the tail") {
                while !Task.isCancelled {
                    do {
                        let tail = try await bus.tail(from: .now)
                        while let entries = try await tail.next() {
                            for entry in entries {
                                do {
                                    guard let event = try EnvelopeReader.read(entry.letter.body) else { continue }
                                    events.add(1, event.eventType.name, event.producer.rawValue)
                                } catch {
                                    unread.add(1)
                                }
                            }
                        }
                        return
                    } catch {
                        if Task.isCancelled { return }
                        log.error("the tail cannot be read", [.cause: "\(error)"])
                        try await clock.sleep(until: clock.now() + .seconds(1))
                    }
                }
            }
        ])
    }
}

struct ObserverSettings: ServiceSettings {
    static let all = FarmSettings.own
    static let elsewhere = FarmSettings.elsewhere

    let places: Places

    init(_ reader: inout SettingsReader) { places = FarmSettings.places(&reader, [.broker]) }
}
