// Picture · pure · sees Contracts, Policies
import Foundation

/// An sRGB colour with its cover, each 0 … 1.
package struct Colour: Hashable, Sendable {
    package var red: Double
    package var green: Double
    package var blue: Double
    package var alpha: Double

    package init(_ red: Double, _ green: Double, _ blue: Double, _ alpha: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    package init(_ code: UInt32, _ alpha: Double = 1) {
        red = Double(code >> 16 & 255) / 255
        green = Double(code >> 8 & 255) / 255
        blue = Double(code & 255) / 255
        self.alpha = alpha
    }

    /// `#c9483a`, or nil for anything else.
    package init?(hex text: String) {
        let digits = text.hasPrefix("#") ? text.dropFirst() : Substring(text)
        guard digits.utf8.count == 6, let code = UInt32(digits, radix: 16) else { return nil }
        self.init(code)
    }

    package static let black = Colour(0, 0, 0)
    package static let white = Colour(1, 1, 1)

    package func alpha(_ cover: Double) -> Colour { Colour(red, green, blue, cover) }
    package func times(_ other: Colour) -> Colour {
        Colour(red * other.red, green * other.green, blue * other.blue, alpha)
    }

    /// Halfway and all the other ways, as the eye counts them.
    package func mixed(_ other: Colour, _ share: Double) -> Colour {
        let here = lab
        let there = other.lab
        return Colour(
            LabColour(
                light: mix(here.light, there.light, share), a: mix(here.a, there.a, share),
                b: mix(here.b, there.b, share)), alpha: mix(alpha, other.alpha, share))
    }

    /// Lighter by `amount` of the eye's scale, or darker.
    package func lifted(_ amount: Double) -> Colour {
        var here = lab
        here.light = clamp(here.light + amount)
        return Colour(here, alpha: alpha)
    }

    package func chroma(_ factor: Double) -> Colour {
        var here = lab
        here.a *= factor
        here.b *= factor
        return Colour(here, alpha: alpha)
    }

    /// Rounded to what a pixel can hold, so that the last bit of a logarithm never shows.
    package var quantised: Colour {
        func step(_ channel: Double) -> Double { (clamp(channel) * 255).rounded() / 255 }
        return Colour(step(red), step(green), step(blue), alpha)
    }
}

/// OKLab: distances in it look like distances.
package struct LabColour: Hashable, Sendable {
    package var light: Double
    package var a: Double
    package var b: Double

    package init(light: Double, a: Double, b: Double) {
        self.light = light
        self.a = a
        self.b = b
    }

    package func distance(_ other: LabColour) -> Double {
        let dl = light - other.light
        let da = a - other.a
        let db = b - other.b
        return (dl * dl + da * da + db * db).squareRoot()
    }
}

extension Colour {
    package var lab: LabColour {
        func linear(_ channel: Double) -> Double {
            channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        let r = linear(red)
        let g = linear(green)
        let b = linear(blue)
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return LabColour(
            light: 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            a: 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            b: 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
    }

    package init(_ lab: LabColour, alpha: Double = 1) {
        func gamma(_ channel: Double) -> Double {
            let value = max(0, channel)
            return min(1, value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055)
        }
        let lRoot = lab.light + 0.3963377774 * lab.a + 0.2158037573 * lab.b
        let mRoot = lab.light - 0.1055613458 * lab.a - 0.0638541728 * lab.b
        let sRoot = lab.light - 0.0894841775 * lab.a - 1.2914855480 * lab.b
        let l = lRoot * lRoot * lRoot
        let m = mRoot * mRoot * mRoot
        let s = sRoot * sRoot * sRoot
        self.init(
            gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), alpha)
    }
}
