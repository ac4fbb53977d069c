// HTTP · bytes · sees Contracts
package import Contracts

/// Times as HTTP writes them: whole seconds, English words, always GMT.
package enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970 began on a Thursday
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func text(of time: Timestamp) -> String {
        // RFC 3339 knows the calendar already: 2026-11-24T22:18:39.000250Z.
        let text = Array(time.text.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let seconds = time.microseconds.flooredQuotient(by: 86_400_000_000)
        let day = days[Int((seconds % 7 + 7) % 7)]
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(day), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }

    /// Also the two older spellings that RFC 9110 asks to be read. The day of the week is not checked.
    package static func time(_ text: String) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        switch words.count {
        case 6 where words[5] == "GMT" && words[1].utf8.count == 2:  // both of the spellings that end in GMT
            let year = words[3].utf8.count == 2 ? century(of: words[3]) : words[3]
            return time(day: words[1], month: words[2], year: year, clock: words[4])
        case 5:  // asctime: Sun Nov  6 08:49:37 1994
            let day = words[2].utf8.count == 1 ? "0" + words[2] : words[2]
            return time(day: day, month: words[1], year: words[4], clock: words[3])
        default: return nil
        }
    }

    private static func time(day: String, month: String, year: String, clock: String) -> Timestamp? {
        guard let place = months.firstIndex(of: month), year.utf8.count == 4 else { return nil }
        let number = place < 9 ? "0\(place + 1)" : "\(place + 1)"
        return Timestamp(text: "\(year)-\(number)-\(day)T\(clock)Z")
    }

    /// Two digits are of the century that makes them nearest to now, as long as this house stands.
    private static func century(of year: String) -> String { (year < "70" ? "20" : "19") + year }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
