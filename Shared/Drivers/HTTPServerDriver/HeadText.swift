// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import HTTP

/// Heads as text. What a string could break is refused here, once, for every answer.
enum HeadText {
    /// What follows the head, as far as the head must say it.
    enum Length {
        case known(Int64)
        case untold
    }

    /// Appends the status line and the fields, or answers false when one of them would break the head. The loop adds
    /// `Date`, `Connection` and the empty line.
    static func write(_ response: HTTPResponse, _ length: Length, into head: inout [UInt8]) -> Bool {
        guard (100...999).contains(response.status.code) else { return false }
        head.append(contentsOf: "HTTP/1.1 ".utf8)
        append(response.status.code, to: &head)
        head.append(32)
        head.append(contentsOf: response.status.reason.utf8)
        endLine(&head)
        for field in response.fields.all where !isOurs(field.name) {
            guard isName(field.name), isValue(field.value) else { return false }
            head.append(contentsOf: field.name.utf8)
            head.append(58)
            head.append(32)
            head.append(contentsOf: field.value.utf8)
            endLine(&head)
        }
        if case .known(let count) = length, !response.status.isBodiless {
            head.append(contentsOf: "Content-Length: ".utf8)
            append(Int(count), to: &head)
            endLine(&head)
        }
        return true
    }

    private static func endLine(_ head: inout [UInt8]) {
        head.append(13)
        head.append(10)
    }

    private static func append(_ number: Int, to head: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &head) }
        head.append(UInt8(48 + number % 10))
    }

    /// Said by the server alone.
    private static func isOurs(_ name: String) -> Bool {
        switch name.utf8.count {
        case 4: name.lowercased() == "date"
        case 10: name.lowercased() == "connection"
        case 14: name.lowercased() == "content-length"
        case 17: name.lowercased() == "transfer-encoding"
        default: false
        }
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true  // digits and letters
                case 33, 35...39, 42, 43, 45, 46, 94...96, 124, 126: true  // !#$%&'*+-.^_`|~
                default: false
                }
            }
    }

    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
    }
}
