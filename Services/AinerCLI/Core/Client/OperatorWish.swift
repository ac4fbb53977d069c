// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What an operator asks of the farm.
package enum OperatorWish: Equatable, Sendable {
    case status
    case workers
    case node(NodeWish.Verb, NodeID, reason: String?)
    case queues
    case rebuild(isPlan: Bool)
    case dead(DeadFilter)
    case deadOne(EventID)
    case decide(DeadWish.Verb, DeadFilter, reason: String?, isPlan: Bool)
}

extension OperatorWish {
    init(_ name: String, _ words: inout Words) throws(UsageFault) {
        switch name {
        case "status": self = .status
        case "workers": self = try Self.workers(&words)
        case "queues": self = try Self.queues(&words)
        default: self = try Self.dead(&words)
        }
    }

    private static func workers(_ words: inout Words) throws(UsageFault) -> OperatorWish {
        let reason = try words.value(of: "--reason")
        guard let word = words.next() else { return .workers }
        guard let verb = NodeWish.Verb(rawValue: word) else {
            throw UsageFault(description: "workers takes cordon, drain or uncordon, not \"\(word)\"")
        }
        let text = try words.only("the id of a node: `ainer workers` lists them")
        guard let node = NodeID(rawValue: text) else {
            throw UsageFault(description: "\"\(text)\" is not the id of a node: `ainer workers` lists them")
        }
        return .node(verb, node, reason: reason)
    }

    private static func queues(_ words: inout Words) throws(UsageFault) -> OperatorWish {
        let isPlan = words.flag("--plan")
        guard let word = words.next() else { return .queues }
        guard word == "rebuild" else {
            throw UsageFault(description: "queues takes rebuild or nothing, not \"\(word)\"")
        }
        return .rebuild(isPlan: isPlan)
    }

    private static func dead(_ words: inout Words) throws(UsageFault) -> OperatorWish {
        let isPlan = words.flag("--plan")
        let isAll = words.flag("--all")
        let reason = try words.value(of: "--reason")
        var filter = DeadFilter()
        filter.eventType = try words.value(of: "--type")
        filter.errorCode = try words.word(of: "--code", ErrorCode.self)
        filter.queue = try words.value(of: "--queue")
        filter.state = try words.word(of: "--state", DeadState.self)
        if let run = try words.value(of: "--run") { filter.runID = try Words.run(run) }
        let verb = words.next() ?? "list"
        if verb == "list" {
            // What is decided already is told to whoever asks for it.
            if !isAll, filter.state == nil { filter.state = .dead }
            return .dead(filter)
        }
        if verb == "show" { return .deadOne(try event(try words.only("the id of an event"))) }
        guard let verb = DeadWish.Verb(rawValue: verb) else {
            throw UsageFault(description: "dlq takes list, show, replay or drop, not \"\(verb)\"")
        }
        while let word = words.next() { filter.eventIDs = (filter.eventIDs ?? []) + [try event(word)] }
        guard isAll || filter != DeadFilter() else {
            throw UsageFault(description: "say which: the ids of events, --type, --code, --queue or --run; or --all")
        }
        guard verb == .replay || reason != nil else {
            throw UsageFault(
                description: "drop needs --reason: what is dropped has no effect, and somebody will ask why")
        }
        return .decide(verb, filter, reason: reason, isPlan: isPlan)
    }

    private static func event(_ text: String) throws(UsageFault) -> EventID {
        guard let event = EventID(rawValue: text) else {
            throw UsageFault(description: "\"\(text)\" is not the id of an event: `ainer dlq` lists them")
        }
        return event
    }
}
