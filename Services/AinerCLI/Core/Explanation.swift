// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What `ainer explain` says about a code.
package struct Explanation: Encodable, Equatable, Sendable {
    package let code: ErrorCode
    /// The older word that was asked about, when it was one.
    package let askedAs: String?
    package let meaning: String
    package let nextStep: String
    package let isRetryable: Bool
    package let httpStatus: Int
    package let owner: String

    package enum CodingKeys: String, CodingKey {
        case code = "error_code"
        case askedAs = "asked_as"
        case meaning
        case nextStep = "next_step"
        case isRetryable = "retryable"
        case httpStatus = "http_status"
        case owner = "owner_module"
    }

    /// Takes a code in any case, also one that is out of use; says which codes look like it otherwise.
    package init(of word: String) throws(UsageFault) {
        let asked = word.uppercased()
        guard let code = ErrorCode(rawValue: asked) ?? ErrorCode.legacyNames[asked] else {
            let near = Self.nearest(to: asked).map(\.rawValue).joined(separator: ", ")
            throw UsageFault(description: "\"\(word)\" is not a code; did you mean \(near)?")
        }
        let entry = code.entry
        self.code = code
        askedAs = code.rawValue == asked ? nil : asked
        meaning = entry.meaning
        nextStep = entry.nextStep
        isRetryable = entry.isRetryable
        httpStatus = entry.httpStatus
        owner = entry.owner.name
    }

    package func lines() -> [String] {
        let renamed = askedAs.map { ["\($0) is called \(code.rawValue) now"] } ?? []
        let again = isRetryable ? "may help" : "does not help as long as nothing else changes"
        return renamed + [
            "\(code.rawValue)  \(meaning)",
            "  what helps    \(nextStep)",
            "  trying again  \(again)",
            "  who owns it   \(owner)",
            "  over HTTP     \(httpStatus)",
        ]
    }

    /// The three codes that take the fewest letters to become this word.
    package static func nearest(to word: String) -> [ErrorCode] {
        let letters = Array(word)
        let ranked = ErrorCode.allCases.map { (code: $0, steps: steps(from: letters, to: Array($0.rawValue))) }
        return ranked.sorted { ($0.steps, $0.code.rawValue) < ($1.steps, $1.code.rawValue) }.prefix(3).map(\.code)
    }

    /// Letters to insert, drop or replace.
    private static func steps(from one: [Character], to other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (index, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let replaced = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
