// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP
import Ports
import Wire

/// A refusal as the client reads it: `application/problem+json` (RFC 9457).
package struct Problem: Error, Sendable, Equatable {
    /// One thing that is wrong, and where.
    package struct Fault: Sendable, Hashable {
        package enum Place: Sendable, Hashable {
            /// A JSON Pointer into the body; the empty one is the body itself.
            case body(pointer: String)
            case parameter(String, in: ParameterPlace)
        }

        package let place: Place
        package let detail: String

        package init(_ place: Place, _ detail: String) {
            self.place = place
            self.detail = detail
        }
    }

    package let code: ErrorCode
    package var status: HTTPStatus
    /// What happened this time.
    package var detail: String
    package var faults: [Fault]
    package var isRetryable: Bool
    /// Nil when the code's own owner answers for it, or else whoever serves.
    package var owner: Module?
    /// Facts for programs: members beside the known ones.
    package var facts: [String: JSONValue] = [:]
    package var fields: HTTPFields = [:]

    /// Has the status of its code unless another is said.
    package init(_ code: ErrorCode, _ detail: String, status: HTTPStatus? = nil, faults: [Fault] = []) {
        self.code = code
        self.status = status ?? HTTPStatus(code.httpStatus)
        self.detail = detail
        self.faults = faults
        isRetryable = code.isRetryable
        owner = if case .module(let module) = code.entry.owner { module } else { nil }
    }

    package init(_ report: FailureReport) {
        self.init(report.errorCode, report.message)
        isRetryable = report.retryable
        owner = report.ownerModule
        facts = report.details ?? [:]
        if !report.nextStep.isEmpty { facts["next_step"] = .string(report.nextStep) }
    }

    /// Says when it is worth coming back.
    package func retry(after wait: Duration) -> Problem {
        var problem = self
        problem.fields["Retry-After"] = "\(wait.wholeSeconds)"
        return problem
    }
}

extension Problem {
    /// The words of one answer: whose site it is and which request it was.
    func response(owner: Module, traceID: String, instance: String) -> HTTPResponse {
        var members = facts
        members["type"] = .string("urn:ainer:problem:\(code.rawValue)")
        members["title"] = .string(code.entry.meaning)
        members["status"] = .integer(Int64(status.code))
        members["detail"] = .string(detail)
        members["instance"] = .string(instance)
        members["error_code"] = .string(code.rawValue)
        members["retryable"] = .bool(isRetryable)
        members["owner_module"] = .string((self.owner ?? owner).rawValue)
        members["trace_id"] = .string(traceID)
        if !faults.isEmpty { members["errors"] = .array(faults.map(\.value)) }
        var response = HTTPResponse(status, fields, body: .bytes(JSON.text(of: .object(members))))
        response.fields["Content-Type"] = MediaType.problem.description
        return response
    }

    /// What every problem has; the members of `facts` come on top.
    package static let shape = Shape(
        "Problem",
        [
            .must("type", .text, "names the kind of the problem"),
            .must("title", .text, "what the code means"),
            .must("status", .integer(400...599), "the status of the answer"),
            .must("detail", .text(atMost: 65_536), "what happened this time"),
            .must("instance", .text(atMost: 65_536), "the path that was asked"),
            .must("error_code", .text, "DOMAIN-CATEGORY-NNN"),
            .must("retryable", .bool, "whether the same request may succeed later"),
            .must("owner_module", .text, "who answers for it"),
            .must("trace_id", .text, "what to quote to an operator"),
            .may("errors", .list(of: .object(Fault.shape)), "every single fault"),
        ])
}

extension Problem.Fault {
    fileprivate var value: JSONValue {
        switch place {
        case .body(let pointer): .object(["pointer": .string("#" + pointer), "detail": .string(detail)])
        case .parameter(let name, let place):
            .object(["parameter": .string(name), "in": .string(place.rawValue), "detail": .string(detail)])
        }
    }

    fileprivate static let shape = Shape(
        "ProblemFault",
        [
            .must("detail", .text(atMost: 65_536), "what is wrong"),
            .may("pointer", .text(atMost: 65_536), "a JSON Pointer into the body"),
            .may("parameter", .text, "the parameter's name"),
            .may("in", .word(["path", "query", "header"]), "where the parameter stands"),
        ])
}

extension Problem {
    /// What a thrown error is to a client. Nil for what we do not know: its words are ours and stay here.
    init?(of error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let report as FailureReport: self = Problem(report)
        case let long as BodyTooLong: self = Problem(.requestValidation, long.description, status: 413)
        case let fault as URLTarget.Fault: self = Problem(.requestValidation, fault.description, status: 400)
        case let fault as MultipartFault: self = Problem(.requestValidation, fault.description, status: 400)
        case let failure as DatabaseFailure: self.init(outside: failure.code == .full, when: Self.passes(failure))
        case let failure as StoreFailure:
            self.init(outside: failure.code == .full, when: [.full, .unreachable].contains(failure.code))
        case is CoordinationFailure: self.init(outside: false, when: true)
        case is CancellationError: self = Problem(.dependencyDown, "the request was given up", status: 503)
        default: return nil
        }
    }
}

extension Problem {
    private static func passes(_ failure: DatabaseFailure) -> Bool {
        failure.isForAll || failure.code == .serialization
    }

    /// Something we stand on is full or not there: worth asking again, and what it said stays in our log.
    private init?(outside isFull: Bool, when passes: Bool) {
        guard passes else { return nil }
        let problem =
            isFull
            ? Problem(.resourceExhausted, "there is no room to store it", status: 503)
            : Problem(.dependencyDown, "something the service stands on does not answer")
        self = problem.retry(after: .seconds(5))
    }
}
