// Picture · pure · sees Contracts, Policies
import Foundation

extension Portrait {
    var mouthHeight: Double { look.isChild ? 0.60 : 0.645 }

    func drawMouth() {
        if mouth.opening < 0.045 { drawClosedMouth() } else { drawOpenMouth(mouth) }
    }

    /// What is said, or the little a silent face lets its mouth hang open.
    private var mouth: MouthShape {
        let gape = acting.face.gape
        guard acting.isSilent, gape > 0.045 else { return acting.mouth }
        return MouthShape(width: 0.13 + gape * 0.28, opening: gape, roundness: 0.9, teeth: 0, tongue: 0.1)
    }

    private var lip: Colour { look.skin.mixed(Colour(0xb5443f), look.isFeminine ? 0.60 : 0.38).lifted(-0.06) }
    private var mouthX: Double { faceShift + 0.05 * turn }
    /// Turned faces show a narrower mouth.
    private var squeeze: Double { 1 - 0.18 * turn }

    private func drawClosedMouth() {
        let curve = acting.face.curve
        let width = (acting.mouth.width * 0.86 + 0.08 * abs(curve)) * squeeze
        let x = mouthX
        let y = mouthHeight
        let line = onHead([
            (x - width, y - curve * 0.10), (x - width * 0.4, y + curve * 0.07), (x + width * 0.4, y + curve * 0.07),
            (x + width, y - curve * 0.10),
        ])
        painter.line(line, radius * 0.064, ink.mixed(lip, 0.45))
    }

    private func drawOpenMouth(_ mouth: MouthShape) {
        let curve = acting.face.curve
        let width = (mouth.width + 0.05 * max(0, curve)) * squeeze
        let roof = mix(0.62, 0.95, mouth.roundness)
        let x = mouthX
        let y = mouthHeight
        painter.detail(opening(width, mouth.opening, roof, curve * 0.06), lip)
        let inside = opening(width * 0.88, mouth.opening * 0.80, roof, curve * 0.05)
        painter.detail(inside, Colour(0x5a2028))
        let tongue = painter.tone(Colour(0xd8656a))
        if mouth.tongue > 0.1 {
            let high = mouth.opening * 0.20 * (0.6 + 0.4 * mouth.tongue)
            painter.canvas.fill(
                headOval(x, y + mouth.opening * 0.42, width * 0.55, high), tongue, inside: inside)
        }
        if mouth.teeth > 0.1 {
            let top = y - mouth.opening * 0.34 * roof
            let row = 0.06 + 0.06 * mouth.teeth + mouth.opening * 0.12
            let teeth = Path.polygon(
                onHead([
                    (x - width, top - 0.05), (x + width, top - 0.05), (x + width, top + row), (x - width, top + row),
                ]))
            painter.canvas.fill(teeth, painter.tone(Colour(0xfdf8f0)), inside: inside)
        }
    }

    private func opening(_ width: Double, _ opening: Double, _ roof: Double, _ corner: Double) -> Path {
        let x = mouthX
        let y = mouthHeight
        return .smooth(
            onHead([
                (x - width, y - corner), (x - width * 0.55, y - opening * 0.42 * roof),
                (x + width * 0.55, y - opening * 0.42 * roof), (x + width, y - corner),
                (x + width * 0.6, y + opening * 0.58), (x, y + opening * 0.72), (x - width * 0.6, y + opening * 0.58),
            ]))
    }
}
