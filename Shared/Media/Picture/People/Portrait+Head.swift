// Picture · pure · sees Contracts, Policies
import Foundation

extension Portrait {
    /// How far the face has turned to the right on the head.
    var faceShift: Double { turn * 0.40 }
    var ink: Colour { Colour(0x2b2230) }

    func drawHead() {
        let ear = headOval(-0.90 + 0.24 * turn, 0.10, 0.17, 0.24)
        if !acting.isAway { painter.fill(ear, look.skin.lifted(-0.03), .figure) }
        painter.fill(headOutline, look.skin, .figure)
        if acting.isAway {
            drawBackOfHead()
            return
        }
        drawCheeks()
        for side in [-1.0, 1.0] { drawEye(side) }
        drawNose()
        if look.isOld { drawWrinkles() }
        if look.hasBeard { drawBeard() }
        painter.canvas.part(.mouth(look.id)) { drawMouth() }
        if look.hasBeard || look.has(.moustache) { drawMoustache() }
        if look.has(.glasses) { drawGlasses() }
        drawHairInFront()
        drawHeadwear()
    }

    private var headOutline: Path {
        let jaw = look.isChild ? 0.70 : (look.isFeminine ? 0.57 : 0.66)
        let chin = look.isChild ? 0.94 : 1.02
        return .smooth(
            onHead([
                (0.05, -1.02), (0.62, -0.84), (0.93, -0.28), (0.91, 0.16), (0.82 + 0.04 * turn, 0.46),
                (jaw * 0.9 + 0.06 * turn, 0.80), (0.14 + 0.12 * turn, chin), (-0.24 + 0.08 * turn, chin - 0.03),
                (-jaw + 0.05 * turn, 0.72), (-0.86, 0.26), (-0.94, -0.24), (-0.60, -0.86),
            ]))
    }

    private func drawCheeks() {
        let blush = clamp(acting.face.blush * 0.34 + (look.isChild ? 0.20 : 0.09))
        for side in [-1.0, 1.0] {
            let cheek = headOval(faceShift + side * 0.47, 0.42, 0.19, 0.13)
            painter.detail(cheek, Colour(0xe8695a, blush * 0.55))
        }
    }

    private func drawNose() {
        let width = radius * (look.isChild ? 0.042 : 0.052)
        let bridge = onHead([
            (faceShift + 0.05 * turn, 0.14), (faceShift + 0.11 + 0.12 * turn, 0.34), (faceShift + 0.08 * turn, 0.40),
        ])
        painter.line(bridge, width, look.skin.lifted(-0.15))
    }

    private func drawWrinkles() {
        for side in [0.0, 1.0] {
            let fold = onHead([(faceShift - 0.36 + side * 0.66, 0.42), (faceShift - 0.42 + side * 0.80, 0.60)])
            painter.line(fold, radius * 0.030, look.skin.lifted(-0.12))
            let y = -0.50 - side * 0.12
            painter.line(
                onHead([(faceShift - 0.28, y), (faceShift + 0.28, y)]), radius * 0.024, look.skin.lifted(-0.09))
        }
    }

    private func drawBeard() {
        let length = look.has(.longBeard) ? 2.15 : 1.30
        let outline = onHead([
            (-0.84 + 0.05 * turn, 0.26), (-0.52, 0.50), (faceShift - 0.34, 0.46), (faceShift, 0.50),
            (faceShift + 0.36, 0.46), (0.74, 0.52), (0.90, 0.20), (0.90, 0.75), (0.56 + 0.1 * turn, length * 0.84),
            (0.12 + 0.12 * turn, length), (-0.42, length * 0.84), (-0.84, 0.8),
        ])
        painter.fill(.smooth(outline), look.hairColour.lifted(0.02), .figure)
    }

    private func drawMoustache() {
        let x = faceShift + 0.05 * turn
        let y = mouthHeight
        let outline = onHead([
            (x - 0.44, y - 0.02), (x - 0.24, y - 0.20), (x, y - 0.16), (x + 0.24, y - 0.20), (x + 0.44, y - 0.02),
            (x + 0.18, y - 0.06), (x, y - 0.08), (x - 0.18, y - 0.06),
        ])
        painter.detail(.smooth(outline), look.hairColour.lifted(-0.03))
    }

    private func drawGlasses() {
        let frame = Colour(0x3a3230)
        for side in [-1.0, 1.0] {
            let middle = onHead(faceShift + side * eyeDistance, 0.03)
            let ring = (0...12).map { step in
                let angle = Double(step) / 12 * 2 * .pi
                return middle + Point(cos(angle), sin(angle)) * (radius * 0.25)
            }
            painter.line(ring, radius * 0.045, frame)
        }
        painter.line(onHead([(faceShift - 0.12, 0.02), (faceShift + 0.12, 0.02)]), radius * 0.045, frame)
        painter.line(onHead([(faceShift - 0.60, 0.0), (-0.84, -0.04)]), radius * 0.04, frame)
    }

    private func drawBackOfHead() {
        guard look.hair != .bald else { return }
        painter.fill(headOval(0, -0.06, 1.04, 1.02), look.hairColour, .figure)
        drawHairBehind()
        drawHeadwear()
    }
}
