// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// What falls or drifts between the people and the lens. Fixed to the screen: rain does not zoom.
struct Falling {
    let weather: Weather
    let light: Light
    let seed: UInt64
    /// The frame in units, centred at 640, 360.
    let view: Box

    var isAny: Bool {
        switch weather.sky {
        case .rain, .storm, .snow, .fog: true
        case .wind: true
        case .clear, .overcast: weather.wind > 0.6
        }
    }

    func draw(_ painter: Painter, at time: Double) {
        switch weather.sky {
        case .rain: rain(painter, time, drops: Int(40 + 130 * weather.amount))
        case .storm:
            rain(painter, time, drops: Int(80 + 160 * weather.amount))
            lightning(painter, time)
        case .snow: snow(painter, time)
        case .fog: fog(painter, time)
        case .clear, .overcast, .wind: if weather.wind > 0.6 { leaves(painter, time) }
        }
    }

    /// A number that runs round 0 ..< `length`.
    private func wrapped(_ value: Double, _ length: Double) -> Double {
        let rest = value.truncatingRemainder(dividingBy: length)
        return rest < 0 ? rest + length : rest
    }

    private func rain(_ painter: Painter, _ time: Double, drops: Int) {
        let slant = 0.10 + weather.wind * 0.35
        var far = Path()
        var near = Path()
        for drop in 0..<drops {
            let z = Seed.unit(seed, drop, 1)
            let speed = 900 + 700 * z
            let length = 16 + 26 * z
            let y = wrapped(Seed.unit(seed, drop, 2) * 900 + time * speed, 900) - 90
            let x = wrapped(Seed.unit(seed, drop, 3) * 1500 - time * speed * slant, 1500) - 110
            let wide = 0.6 + 0.8 * z
            let streak = Path.polygon([
                Point(x, y), Point(x + wide, y), Point(x - slant * length + wide, y + length),
                Point(x - slant * length, y + length),
            ])
            if z < 0.6 { far += streak } else { near += streak }
        }
        let colour = painter.pack.tone(Colour(0xdfeaff))
        painter.canvas.fill(far, .flat(colour.alpha(0.28)))
        painter.canvas.fill(near, .flat(colour.alpha(0.44)))
    }

    private func lightning(_ painter: Painter, _ time: Double) {
        let moment = Int(time * 2)
        guard Seed.unit(seed, moment, 9) > 0.82 else { return }
        let flash = max(0, 1 - (time * 2 - Double(moment)) * 5)
        guard flash > 0 else { return }
        painter.canvas.fill(.rectangle(view.grown(4)), .flat(Colour(0xeaf0ff, 0.32 * flash)))
    }

    private func snow(_ painter: Painter, _ time: Double) {
        var sizes = [Path(), Path(), Path()]
        for flake in 0..<Int(60 + 240 * weather.amount) {
            let z = Seed.unit(seed, flake, 1)
            let y = wrapped(Seed.unit(seed, flake, 2) * 800 + time * (40 + 90 * z), 800) - 40
            let waft = sin(time * (0.6 + z) + Double(flake)) * 16
            let blown = time * weather.wind * 120 * (0.4 + z)
            let x = wrapped(Seed.unit(seed, flake, 3) * 1400 + waft - blown, 1400) - 60
            sizes[min(2, Int(z * 3))] += .circle(Point(x, y), 1.1 + 3.0 * z * z)
        }
        for (index, path) in sizes.enumerated() {
            painter.canvas.fill(path, .flat(Colour(0xf6f9ff, 0.55 + 0.18 * Double(index))))
        }
    }

    private func fog(_ painter: Painter, _ time: Double) {
        let colour = painter.pack.tone(light.haze).lifted(0.03)
        for bank in 0..<5 {
            let way = Double(bank) * 330 + time * (18 + Double(bank) * 5)
            let at = Point(wrapped(way, 1700) - 200, 430 + 50 * sin(Double(bank) * 2))
            painter.glow(at, 330, colour, 0.18 + 0.20 * weather.amount)
        }
    }

    private func leaves(_ painter: Painter, _ time: Double) {
        for leaf in 0..<12 {
            let speed = 160 + 120 * Seed.unit(seed, leaf)
            let x = wrapped(Seed.unit(seed, leaf, 2) * 1500 + time * speed, 1500) - 100
            let y = 200 + Seed.unit(seed, leaf, 3) * 420 + sin(time * 2.4 + Double(leaf)) * 26
            let shape = Path.ellipse(Point(x, y), 7, 3.2, turned: time * 3 + Double(leaf))
            painter.detail(shape, Colour(leaf.isMultiple(of: 2) ? 0xc98a3a : 0x9aa84c))
        }
    }
}
