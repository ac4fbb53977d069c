// Entities · pure · sees Contracts, Policies, Ingest
import Foundation

/// A colour as eyes compare it.
struct OKLab: Hashable, Sendable {
    let lightness: Double
    let green: Double
    let blue: Double

    init(hex: String) {
        let bits = UInt32(hex.drop { $0 == "#" }, radix: 16) ?? 0x808080
        func linear(_ shift: UInt32) -> Double {
            let value = Double(bits >> shift & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let (r, g, b) = (linear(16), linear(8), linear(0))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
        green = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
        blue = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    }

    func distance(to other: OKLab) -> Double {
        let (l, g, b) = (lightness - other.lightness, green - other.green, blue - other.blue)
        return (l * l + g * g + b * b).squareRoot()
    }
}
