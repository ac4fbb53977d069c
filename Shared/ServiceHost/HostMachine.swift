// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver

/// What a process does between its first line and its exit: a table, so that every end of it can be read and tested.
package struct HostMachine: Equatable {
    package enum State: Equatable {
        /// Doors are being opened. Exits: `.running` when all stand, `.closing` when one cannot or a signal comes.
        case opening
        /// Exits: `.draining` on a signal, or when a part ends that should not.
        case running
        /// Nothing new is taken; what is under way finishes. Exits: `.closing` when it has, or when time is up; `.over`
        /// on a second signal.
        case draining(Int32)
        /// Exits: `.over` when everything is closed, when time is up, or on a second signal.
        case closing(Int32)
        case over(Int32)
    }

    package enum Event: Equatable {
        case opened
        case cannotOpen(cause: String)
        case partEnded(name: String, cause: String)
        case signal(Int32)
        case drained
        case closed
        case drainingTooLong
        case closingTooLong
    }

    package enum Effect: Equatable {
        case beReady
        case say(Word)
        case stopOpening
        case drain
        case close
    }

    package enum Word: Equatable {
        case cannotOpen(cause: String)
        case lostPart(name: String, cause: String)
        case stopping(signal: Int32)
        case stillBusy
        case impatient
    }

    package static let broken: Int32 = 70
    package static let unfinished: Int32 = 1

    package private(set) var state = State.opening
    private var signals = 0

    package init() {}

    package mutating func decide(_ event: Event) -> [Effect] {
        if case .signal = event { signals += 1 }
        return switch state {
        case .opening: whileOpening(event)
        case .running: whileRunning(event)
        case .draining(let code): whileDraining(event, code)
        case .closing(let code): whileClosing(event, code)
        case .over: []
        }
    }

    private mutating func whileOpening(_ event: Event) -> [Effect] {
        switch event {
        case .opened:
            state = .running
            return [.beReady]
        case .cannotOpen(let cause):
            state = .closing(Self.broken)
            return [.say(.cannotOpen(cause: cause)), .close]
        case .partEnded(let name, let cause):
            state = .closing(Self.broken)
            return [.say(.lostPart(name: name, cause: cause)), .stopOpening, .close]
        case .signal(let number):
            state = .closing(0)
            return [.say(.stopping(signal: number)), .stopOpening, .close]
        case .drained, .closed, .drainingTooLong, .closingTooLong: return []
        }
    }

    private mutating func whileRunning(_ event: Event) -> [Effect] {
        switch event {
        case .partEnded(let name, let cause):
            state = .draining(Self.broken)
            return [.say(.lostPart(name: name, cause: cause)), .drain]
        case .signal(let number):
            state = .draining(0)
            return [.say(.stopping(signal: number)), .drain]
        case .opened, .cannotOpen, .drained, .closed, .drainingTooLong, .closingTooLong: return []
        }
    }

    private mutating func whileDraining(_ event: Event, _ code: Int32) -> [Effect] {
        switch event {
        case .drained:
            state = .closing(code)
            return [.close]
        case .drainingTooLong:
            state = .closing(code == 0 ? Self.unfinished : code)
            return [.say(.stillBusy), .close]
        case .signal(let number): return giveUp(number)
        case .opened, .cannotOpen, .partEnded, .closed, .closingTooLong: return []
        }
    }

    private mutating func whileClosing(_ event: Event, _ code: Int32) -> [Effect] {
        switch event {
        case .closed:
            state = .over(code)
            return []
        case .closingTooLong:
            state = .over(code == 0 ? Self.unfinished : code)
            return [.say(.stillBusy)]
        case .signal(let number): return giveUp(number)
        case .opened, .cannotOpen, .partEnded, .drained, .drainingTooLong: return []
        }
    }

    /// Whoever asks twice does not want to wait.
    private mutating func giveUp(_ number: Int32) -> [Effect] {
        guard signals > 1 else { return [] }
        state = .over(128 + number)
        return [.say(.impatient)]
    }
}
