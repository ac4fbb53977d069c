// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What operators are told, as lines of a terminal. What others named cannot move its cursor.
package enum OperatorSheet {
    package static func lines(_ diagnosis: Diagnosis) -> [String] {
        var lines = ["\(diagnosis.runID)  \(diagnosis.status.rawValue), at \(diagnosis.stage.rawValue)"]
        for finding in diagnosis.findings {
            lines.append("  \(finding.cause.rawValue.padded(to: 18)) \(RunSheet.plain(finding.message))")
            if let since = finding.since { lines.append("  \("since".padded(to: 18)) \(short(since))") }
            if let remedy = finding.remedy { lines.append("  \("next".padded(to: 18)) \(RunSheet.plain(remedy))") }
        }
        return lines
    }

    package static func lines(_ status: FarmStatus) -> [String] {
        var lines = [status.status.rawValue]
        for finding in status.findings {
            lines.append("  \(RunSheet.plain(finding.message))" + (finding.remedy.map { "   → \($0)" } ?? ""))
        }
        let nodes = status.nodes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        lines.append("  workers   \(nodes.isEmpty ? "none" : nodes)")
        lines.append("  gates     \(status.gatesWaiting) waiting · dead letters \(status.deadLetters)")
        return lines + table(status.pools).map { "  \($0)" }
    }

    /// One line a pool.
    package static func table(_ pools: [PoolView]) -> [String] {
        ["pool     waiting  out  working  slots  per min"]
            + pools.map { pool in
                let counts = [(pool.waiting, 8), (pool.offered, 4), (pool.held, 8), (pool.slots, 6)]
                    .map { "\($0.0)".leftPadded(to: $0.1) }.joined(separator: " ")
                let rate = "\((pool.ratePerMinute * 10).rounded() / 10)".leftPadded(to: 8)
                let oldest = pool.oldestWaitingSince.map { "  oldest since \(short($0))" } ?? ""
                let why = pool.waitingReason.map { ": \(RunSheet.plain($0.message))" } ?? ""
                return "\(pool.pool.rawValue.padded(to: 8))\(counts) \(rate)\(oldest)\(why)"
            }
    }

    /// One line a node, and what is the matter with it.
    package static func table(_ nodes: [NodeView]) -> [String] {
        guard !nodes.isEmpty else { return ["no workers yet"] }
        return nodes.flatMap { node in
            let pools = node.telemetry.pools.map { "\($0.pool.rawValue) \($0.busy)/\($0.slots)" }.joined(
                separator: ", ")
            let host = node.telemetry.host.map { "  \(RunSheet.plain($0))" } ?? ""
            let failures = node.failures > 0 ? "  \(node.failures) of \(node.results) failed" : ""
            var lines = ["\(node.nodeID)  \(node.status.rawValue.padded(to: 11)) \(pools)\(host)\(failures)"]
            if let reason = node.reason { lines.append("    \(RunSheet.plain(reason))") }
            for gpu in node.telemetry.gpus ?? [] { lines.append("    \(line(gpu))") }
            return lines
        }
    }

    private static func line(_ gpu: GPULoad) -> String {
        let load = gpu.utilization.map { "  \(Int($0 * 100)) %" } ?? ""
        let memory = gpu.memoryUsedBytes.map { "  \($0 >> 20) MiB" } ?? ""
        let warmth = gpu.temperatureC.map { "  \(Int($0)) °C" } ?? ""
        return RunSheet.plain(gpu.name) + load + memory + warmth
    }

    package static func lines(_ page: DeadPage) -> [String] {
        page.freezes.map { "! \(RunSheet.plain($0.message))" }
            + (page.items.isEmpty ? ["no dead letters"] : page.items.map(line))
    }

    private static func line(_ letter: DeadLetter) -> String {
        let type = RunSheet.plain(letter.eventType).padded(to: 22)
        let reason = RunSheet.plain(String(letter.reason.prefix(100)))
        return
            "\(letter.eventID)  \(letter.state.rawValue.padded(to: 9)) \(type) \(short(letter.lastFailedAt))  \(reason)"
    }

    package static func lines(_ letters: [DeadLetter]) -> [String] {
        letters.flatMap { letter in
            var lines = [
                "\(letter.eventID)  \(letter.state.rawValue)", "  type      \(RunSheet.plain(letter.eventType))",
                "  died at   \(RunSheet.plain(letter.queue)), after \(letter.deliveries) deliveries",
                "  reason    \(letter.errorCode.rawValue)  \(RunSheet.plain(letter.reason))",
                "  first     \(short(letter.firstFailedAt)), last \(short(letter.lastFailedAt))",
            ]
            if let run = letter.runID { lines.append("  run       \(run)") }
            if letter.replayCount > 0 {
                lines.append("  replayed  \(letter.replayCount) times, last by \(letter.replayedBy ?? "nobody")")
            }
            if let reason = letter.droppedBecause { lines.append("  dropped   \(RunSheet.plain(reason))") }
            if let excerpt = letter.excerpt { lines.append("  says      \(RunSheet.plain(excerpt))") }
            if letter.state == .dead { lines.append("  next      ainer dlq replay \(letter.eventID)") }
            return lines
        }
    }

    package static func lines(_ decision: DeadDecision, _ verb: DeadWish.Verb) -> [String] {
        let letters = decision.count == 1 ? "1 letter" : "\(decision.count) letters"
        let done = verb == .replay ? "sent back" : "dropped"
        let head = decision.isPlan ? "\(letters) would be \(done):" : "\(letters) \(done)"
        return [head] + (decision.isPlan ? decision.items.map { "  " + line($0) } : [])
    }

    package static func lines(_ rebuild: Rebuild) -> [String] {
        let verb = rebuild.isPlan ? "would be" : "are"
        return [
            "\(rebuild.letters) letters \(verb) said again, since \(short(rebuild.since))",
            "\(rebuild.tickets) tickets \(verb) made anew",
        ]
    }

    /// One line a job, in the order of the graph.
    /// `notes` are what workers noted last at what is under way.
    package static func table(_ graph: RunGraph, notes: [JobID: String] = [:]) -> [String] {
        guard !graph.nodes.isEmpty else { return ["no jobs yet: ainer why \(graph.runID)"] }
        return graph.nodes.map { node in
            let isUnderWay = [.claimed, .running].contains(node.status)
            let note = isUnderWay ? notes[node.jobID].map { "  \(RunSheet.plain($0))" } ?? "" : ""
            let name = node.unit.map { "\(node.jobType.rawValue) \(RunSheet.plain($0))" } ?? node.jobType.rawValue
            let failures = node.failures > 0 ? "  failed \(node.failures) times" : ""
            let due = node.dueAt.map { ", again at \(short($0))" } ?? ""
            return
                "\(node.jobID)  \(node.status.rawValue.padded(to: 9)) \(node.pool.rawValue.padded(to: 7)) \(name)\(failures)\(due)\(note)"
        }
    }

    private static func short(_ time: Timestamp) -> String { String(time.text.prefix(19)) + "Z" }
}
