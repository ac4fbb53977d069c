// DoorTests · tests · sees Policies, ServiceHost
import Policies
import ServiceHost
import Testing

@Suite("What a process does until its exit")
struct HostMachineTests {
    typealias Event = HostMachine.Event
    typealias State = HostMachine.State

    @Test(
        "ends as its table says",
        arguments: [
            ([.opened, .signal(15), .drained, .closed], .over(0)),
            ([.signal(15), .closed], .over(0)),
            ([.cannotOpen(cause: ""), .closed], .over(70)),
            ([.partEnded(name: "", cause: ""), .closed], .over(70)),
            ([.opened, .partEnded(name: "", cause: ""), .drained, .closed], .over(70)),
            ([.opened, .signal(15), .drainingTooLong, .closed], .over(1)),
            ([.opened, .signal(15), .drained, .closingTooLong], .over(1)),
            ([.opened, .partEnded(name: "", cause: ""), .drainingTooLong, .closingTooLong], .over(70)),
            ([.opened, .signal(15), .signal(2)], .over(130)),
            ([.opened, .signal(15), .drained, .signal(15)], .over(143)),
            // The first signal behind a lost part is the first one.
            ([.opened, .partEnded(name: "", cause: ""), .signal(15), .drained, .closed], .over(70)),
            ([.opened, .partEnded(name: "", cause: ""), .signal(15), .signal(15)], .over(143)),
            // The clock of draining says nothing about closing.
            ([.opened, .signal(15), .drained, .drainingTooLong], .closing(0)),
        ] as [([Event], State)])
    func table(_ events: [Event], _ end: State) {
        var machine = HostMachine()
        for event in events { _ = machine.decide(event) }
        #expect(machine.state == end)
    }

    @Test("closes once, whatever happens, and says nothing more when it is over")
    func walks() {
        let events: [Event] = [
            .opened, .cannotOpen(cause: "c"), .partEnded(name: "p", cause: "c"), .signal(15), .drained, .closed,
            .drainingTooLong, .closingTooLong,
        ]
        var dice = Dice(1, "host")
        for _ in 0..<10_000 {
            var machine = HostMachine()
            var effects: [HostMachine.Effect] = []
            for _ in 0..<12 {
                let before = machine
                let more = machine.decide(events[dice.between(0, events.count - 1)])
                if case .over = before.state { #expect(more.isEmpty) }
                effects += more
            }
            #expect(effects.count { $0 == .close } <= 1)
            #expect(effects.count { $0 == .drain } <= 1)
            #expect(effects.count { $0 == .beReady } <= 1)
            if case .over(let status) = machine.state { #expect([0, 1, 70, 143].contains(status)) }
        }
    }
}
