// AinerCLICore · pure · sees Contracts, Policies
import Contracts

/// A refusal of the API (RFC 9457), in words for a person.
package struct Refusal: Error, Codable, Equatable, Sendable {
    package struct Fault: Codable, Equatable, Sendable {
        package var detail: String
        /// Where in the body.
        package var pointer: String?
        package var parameter: String?
    }

    package let status: Int
    package let detail: String
    package let code: String
    package let nextStep: String?
    package let faults: [Fault]?
    package let traceID: String?

    package enum CodingKeys: String, CodingKey {
        case status
        case detail
        case code = "error_code"
        case nextStep = "next_step"
        case faults = "errors"
        case traceID = "trace_id"
    }

    /// For an answer that is no problem document: something else than ours stands between, or answers.
    package init(status: Int) {
        self.status = status
        detail = "the server answered \(status), and said no more"
        code = ErrorCode.dependencyDown.rawValue
        nextStep = "see whether it is an ainer, and what stands before it"
        faults = nil
        traceID = nil
    }

    package var exit: Int32 { ExitCode.of(httpStatus: status) }

    package func lines() -> [String] {
        let places = (faults ?? []).map { fault in
            "  \(fault.pointer ?? fault.parameter ?? "#")  \(fault.detail)"
        }
        return [detail] + places + (help.map { ["next: \($0)"] } ?? [])
    }

    /// The server's own advice, or what the code's row says.
    private var help: String? {
        if status == 401 { return "sign in: `ainer login URL`, or set AINER_TOKEN" }
        return nextStep ?? ErrorCode(rawValue: code)?.entry.nextStep
    }
}
