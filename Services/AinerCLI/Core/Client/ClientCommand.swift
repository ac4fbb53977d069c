// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What somebody asked of an `ainer` that serves.
package struct ClientCommand: Equatable, Sendable {
    package let deed: Deed
    package let isJSON: Bool
    /// Another server than the one that would be asked.
    package let server: String?

    package enum Deed: Equatable, Sendable {
        case submit(SubmitOptions)
        case runs(RunFilter)
        case show(RunID)
        case watch(RunID)
        case order(Order, RunID, reason: String?)
        case decide(Verdict, RunID, gate: String, comment: String?)
        case retake(RunID, shots: [String], isDry: Bool)
        case artifacts(RunID, type: ArtifactType?, folder: String?)
        case createToken(name: String, scopes: [String], days: Int?)
        case listTokens
        case revokeToken(String)
        case login(server: String, email: String?)
        case logout
        case open
        case tail(RunID?)
        case why(RunID)
        case jobs(RunID)
        case operate(OperatorWish)
    }

    /// A wish about a whole run.
    package enum Order: String, CaseIterable, Sendable {
        case cancel
        case pause
        case resume
        case retry
    }

    package enum Verdict: String, CaseIterable, Sendable {
        case approve
        case reject
    }

    package static let names: Set<String> =
        Set(Order.allCases.map(\.rawValue)).union(Verdict.allCases.map(\.rawValue)).union([
            "submit", "runs", "watch", "retake", "artifacts", "token", "login", "logout", "open", "tail", "why", "jobs",
            "status", "workers", "queues", "dlq",
        ])

    package static let usage = """
               ainer submit FILE [--quality draft|standard|ultra] [--seed NUMBER] [--project ID] [--tag TAG]...
                               [--priority 0-9] [--webhook URL] [--key KEY] [--wait] [--sandbox]
               ainer runs [--status STATUS] [--tag TAG] [--limit NUMBER] | RUN
               ainer watch RUN     what happens to a run, until it is over
               ainer tail [--run RUN]          what happens to all runs, until Ctrl-C
               ainer cancel|pause|resume|retry RUN [--reason TEXT]
               ainer approve|reject RUN GATE [--comment TEXT]
               ainer retake RUN SHOT... [--dry-run]
               ainer why RUN       why it is where it is, and what mends it
               ainer jobs RUN      its jobs, and what became of each
               ainer artifacts RUN [--type TYPE] [-o FOLDER]
               ainer login URL [--email EMAIL] | logout
               ainer open          a link that brings a browser in, once
               ainer token create NAME --scope SCOPE... [--days NUMBER] | list | revoke ID
               ainer status        the farm in one word, and what is wrong
               ainer workers [cordon|drain|uncordon NODE [--reason TEXT]]
               ainer queues [rebuild [--plan]]
               ainer dlq [list|show EVENT|replay|drop] [EVENT...] [--type TYPE] [--code CODE] [--queue QUEUE]
                         [--run RUN] [--all] [--plan] [--reason TEXT]
        """
}

package struct SubmitOptions: Equatable, Sendable {
    package var file: String
    package var quality = Quality.standard
    package var seed: UInt64 = 1
    package var project: String?
    package var tags: [String] = []
    package var priority: Int?
    package var webhook: String?
    /// The same story under the same key is the same run.
    package var key: String?
    package var isWaiting = false
    /// Lines of the story that begin with `#fail` are orders to fail.
    package var isSandbox = false

    package init(file: String) { self.file = file }
}

package struct RunFilter: Equatable, Sendable {
    package var status: RunStatus?
    package var tag: String?
    package var limit = 50

    package init() {}
}
