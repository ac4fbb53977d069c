// Contracts · pure · sees nothing

extension Timestamp: CustomStringConvertible {
    package var description: String { text }

    /// RFC 3339 in UTC with six fraction digits: `2026-11-24T22:18:39.000250Z`.
    package var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text.
    package func write(to bytes: inout [UInt8]) {
        let (days, inDay) = microseconds.flooredDivision(by: 86_400_000_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let (seconds, fraction) = inDay.flooredDivision(by: 1_000_000)
        func put(_ value: Int64, _ width: Int, then mark: Character) {
            var scale: Int64 = width == 6 ? 100_000 : width == 4 ? 1000 : 10
            for _ in 0..<width {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / scale % 10))
                scale = max(1, scale / 10)
            }
            bytes.append(mark.asciiValue ?? 0)
        }
        put(year, 4, then: "-")
        put(month, 2, then: "-")
        put(day, 2, then: "T")
        put(seconds / 3600, 2, then: ":")
        put(seconds / 60 % 60, 2, then: ":")
        put(seconds % 60, 2, then: ".")
        put(fraction, 6, then: "Z")
    }

    /// Reads RFC 3339 with any offset and zero to nine fraction digits; more precise than we keep is cut off.
    package init?(text: String) {
        var text = text
        guard let time = text.withUTF8({ Timestamp(utf8: $0) }) else { return nil }
        self = time
    }

    /// The same from bytes that stand somewhere already.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("Tt "), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
            (1...12).contains(month), (1...Self.length(of: month, in: year)).contains(day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(fromCivil: year, month, day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar, counted in eras of 400 years.
    private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredDivision(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int64 {
    /// Quotient and remainder with the remainder never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// Walks over the bytes of a time and gives up at the first one that does not belong.
private struct DigitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number(_ width: Int) -> Int64? {
        guard position + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += width
        return value
    }

    mutating func skip(_ allowed: String) -> Bool {
        guard position < bytes.count, allowed.utf8.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        let start = position
        var micros: Int64 = 0
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if position - start < 6 { micros = micros * 10 + Int64(bytes[position] - 48) }
            position += 1
        }
        let digits = position - start
        guard (1...9).contains(digits) else { return nil }
        for _ in 0..<max(0, 6 - digits) { micros *= 10 }
        return micros
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int64? {
        if skip("Zz") { return 0 }
        guard position < bytes.count else { return nil }
        let sign: Int64 = bytes[position] == UInt8(ascii: "-") ? -1 : 1
        guard skip("+-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else {
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}
