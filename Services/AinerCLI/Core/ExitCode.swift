// AinerCLICore · pure · sees Contracts, Policies

/// How the program says to a script how it went.
package enum ExitCode {
    package static let done: Int32 = 0
    package static let failed: Int32 = 1
    package static let usage: Int32 = 2
    package static let notFound: Int32 = 3
    package static let notAllowed: Int32 = 4
    package static let refused: Int32 = 5
    package static let unreadable: Int32 = 66
    package static let unreachable: Int32 = 69
    package static let unwritable: Int32 = 73
    package static let inUse: Int32 = 75
    package static let settings: Int32 = 78
    package static let interrupted: Int32 = 130

    /// What an answer of the API that is no success means to a script.
    package static func of(httpStatus: Int) -> Int32 {
        switch httpStatus {
        case 401, 403: notAllowed
        case 404, 410: notFound
        case 408, 429, 500...: unreachable
        default: refused
        }
    }
}
