// Entities · pure · sees Contracts, Policies, Ingest

/// A colour in OKLab, where equal distances look equal. Only what telling coats apart needs.
package struct Shade: Hashable, Sendable {
    package var lightness: Double
    package var a: Double
    package var b: Double

    /// Reads `#c8402f`; anything else is middle grey.
    package init(hex: String) {
        let digits = hex.drop { $0 == "#" }
        let value = digits.count == 6 ? UInt32(digits, radix: 16) ?? 0x777777 : 0x777777
        let red = Self.linear[Int(value >> 16 & 255)]
        let green = Self.linear[Int(value >> 8 & 255)]
        let blue = Self.linear[Int(value & 255)]
        let long = Self.cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let middle = Self.cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let short = Self.cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    }

    package func distance(to other: Shade) -> Double {
        let difference = lightness - other.lightness
        let first = a - other.a
        let second = b - other.b
        return (difference * difference + first * first + second * second).squareRoot()
    }

    /// sRGB's curve for each byte: x^2.4 is x² times the fifth root of x².
    private static let linear: [Double] = (0..<256).map { byte in
        let value = Double(byte) / 255
        guard value > 0.04045 else { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        let square = base * base
        return square * fifthRoot(square)
    }

    /// Newton's steps, always the same number, so that every machine agrees.
    private static func fifthRoot(_ value: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 { root = 0.8 * root + value / (5 * root * root * root * root) }
        return root
    }

    private static func cubeRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = 1.0
        for _ in 0..<24 { root = (2 * root + value / (root * root)) / 3 }
        return root
    }
}
