// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Portrait {
    func drawHairBehind() {
        let colour = look.hairColour.lifted(-0.03)
        switch look.hair {
        case .long: painter.fill(.smooth(longHair), colour, .figure)
        case .bob: painter.fill(.smooth(bobHair), colour, .figure)
        case .ponytail: painter.fill(.smooth(ponytail), look.hairColour.lifted(-0.02), .figure)
        case .bun: painter.fill(headOval(-0.85, -0.72, 0.5, 0.48), look.hairColour.lifted(-0.02), .figure)
        case .topknot:
            painter.fill(headOval(-0.1, -1.28, 0.32, 0.36), look.hairColour, .figure)
            painter.line(onHead([(-0.45, -1.18), (0.25, -1.22)]), radius * 0.12, look.accent)
        case .braids: drawBraid()
        case .short, .curly, .bald: break
        }
    }

    private var longHair: [Point] {
        onHead([
            (-0.98, -0.35), (-0.5, -1.02), (0.4, -1.05), (0.9, -0.45), (0.72, 0.6), (0.42, 1.2), (-0.3 - sway, 2.3),
            (-1.0 - sway * 1.6, 2.45), (-1.25 - sway * 0.6, 1.3),
        ])
    }

    private var bobHair: [Point] {
        onHead([
            (-1.08, -0.3), (-0.5, -1.08), (0.5, -1.08), (1.0, -0.3), (0.92, 0.75), (0.4, 0.98), (-0.6, 1.05),
            (-1.16 - sway * 0.3, 0.9),
        ])
    }

    private var ponytail: [Point] {
        onHead([
            (-0.7, -0.5), (-1.1, -0.35), (-1.68 - sway * 1.2, 0.3), (-1.72 - sway * 2.0, 1.30),
            (-1.42 - sway * 1.8, 1.45), (-1.22 - sway, 0.6), (-0.8, 0.1),
        ])
    }

    private func drawBraid() {
        let tip = onHead(-1.0 - sway * 1.6, 1.7)
        let braid = [
            Girth(onHead(-0.9, 0.2), radius * 0.42), Girth(onHead(-1.1 - sway, 0.9), radius * 0.36),
            Girth(tip, radius * 0.2),
        ]
        painter.fill(.ribbon(braid), look.hairColour.lifted(-0.02), .figure)
        painter.detail(.ellipse(tip, radius * 0.2, radius * 0.14), look.accent)
    }

    func drawHairInFront() {
        switch look.hair {
        case .bald:
            let fringe = onHead([
                (-1.0, -0.1), (-0.9, -0.5), (-0.66, -0.46), (-0.70, 0.0), (-0.86, 0.30), (-1.02, 0.24),
            ])
            painter.fill(.smooth(fringe), look.hairColour, .figure)
        case .curly: painter.fill(curls, look.hairColour, .figure)
        default:
            painter.fill(.smooth(cap), look.hairColour, .figure)
            let shine = onHead([(-0.55, -0.78), (-0.1, -0.92), (0.35, -0.86)])
            painter.taperedLine(shine, radius * 0.06, look.hairColour.lifted(0.10))
        }
    }

    private var curls: Path {
        var path = Path()
        for curl in 0..<11 {
            let angle = -Double.pi * (0.02 + Double(curl) / 10 * 1.06) + 0.2
            path += headOval(cos(angle) * 0.92 - 0.05, sin(angle) * 0.88 - 0.18, 0.34, 0.33)
        }
        for curl in 0..<5 {
            let x = -0.5 + Double(curl) * 0.27 + faceShift * 0.3
            path += headOval(x, -0.62 - 0.06 * Double(curl % 2), 0.25, 0.24)
        }
        return path
    }

    /// The hair on top with its parting and fringe.
    private var cap: [Point] {
        let parting = 0.30 - 0.30 * Seed.unit(seed, 5)
        let fringe = look.isFeminine ? -0.36 : -0.48
        let shift = faceShift
        return onHead([
            (-1.0, 0.28), (-1.07, -0.22), (-0.78, -0.86), (-0.1, -1.17), (0.62, -0.96), (1.03, -0.36), (0.93, 0.02),
            (0.80 + 0.1 * turn, -0.30), (0.56 + shift * 0.4, fringe - 0.16), (parting + shift * 0.4, fringe - 0.26),
            (parting - 0.25 + shift * 0.3, fringe - 0.08), (-0.42 + shift * 0.3, fringe),
            (-0.68 + shift * 0.1, fringe + 0.18), (-0.76, 0.12),
        ])
    }

    func drawHeadwear() {
        if look.has(.cap) { drawCap() }
        if look.has(.strawHat) { drawStrawHat() }
        if look.has(.headscarf) { drawHeadscarf() }
        if look.has(.crown) { drawCrown() }
    }

    private func drawCap() {
        let crown = onHead([(-1.1, -0.36), (-0.92, -1.02), (-0.1, -1.34), (0.72, -1.08), (1.04, -0.46), (0, -0.56)])
        painter.fill(.smooth(crown), look.accent.lifted(-0.06), .figure)
        let peak = onHead([(0.1, -0.60), (1.02, -0.50), (1.46, -0.32), (1.38, -0.22), (0.7, -0.36)])
        painter.fill(.smooth(peak), look.accent.lifted(-0.16), .figure)
    }

    private func drawStrawHat() {
        let straw = Colour(0xd9b06a)
        let hat = onHead([(-1.9, -0.36), (-0.7, -0.76), (0, -1.40), (0.7, -0.76), (1.9, -0.36), (0, -0.22)])
        painter.fill(.smooth(hat), straw, .figure)
        let band = onHead([(-0.84, -0.64), (0, -0.52), (0.86, -0.64)])
        painter.line(band, radius * 0.10, straw.lifted(-0.18))
    }

    private func drawHeadscarf() {
        let cloth = onHead([
            (-1.0, 0.5), (-1.14, -0.3), (-0.7, -1.0), (0.0, -1.2), (0.7, -0.96), (1.0, -0.3), (0.86, 0.1),
            (0.62, -0.48), (0.0, -0.72), (-0.6, -0.5), (-0.84, 0.1),
        ])
        painter.fill(.smooth(cloth), look.accent, .figure)
    }

    private func drawCrown() {
        let gold = Colour(0xe8c14a)
        let crown = onHead([
            (-0.78, -0.78), (-0.92, -1.42), (-0.46, -1.12), (0.0, -1.56), (0.46, -1.12), (0.92, -1.42), (0.78, -0.78),
        ])
        painter.fill(.polygon(crown), gold, .figure)
        for stone in [-0.45, 0.0, 0.45] {
            painter.detail(headOval(stone, -0.94, 0.09, 0.09), look.accent)
        }
    }
}
