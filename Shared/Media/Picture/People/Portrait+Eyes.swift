// Picture · pure · sees Contracts, Policies
import Foundation

extension Portrait {
    /// From the middle of the face to each eye.
    var eyeDistance: Double { look.isChild ? 0.38 : 0.37 }

    /// One eye with its brow; `side` is -1 near, 1 far.
    func drawEye(_ side: Double) {
        let face = acting.face
        // The far eye is seen narrower when the face turns.
        let squeeze = side > 0 ? 1 - 0.22 * turn : 1
        let x = faceShift + side * eyeDistance * (side > 0 ? 1 - 0.10 * turn : 1)
        let width = (look.isChild ? 0.195 : 0.17) * squeeze
        let full = look.isChild ? 0.25 : 0.215
        let open = face.open * (1 - acting.blink)
        if open < 0.14 {
            drawShutEye(x, width)
        } else {
            painter.canvas.part(.eyes(look.id)) { drawOpenEye(side, x, width, full * open) }
        }
        drawBrow(side, x, width)
        if face.tear > 0.05 {
            let fall = (acting.time * 0.7 + (side > 0 ? 0.45 : 0)).truncatingRemainder(dividingBy: 1)
            let drop = headOval(x + side * 0.04, 0.26 + 0.42 * fall, 0.052, 0.085)
            painter.detail(drop, Colour(0xbfe4f7, face.tear * 0.9))
        }
    }

    private func drawShutEye(_ x: Double, _ width: Double) {
        let lid = onHead([(x - width, 0.05), (x, 0.12), (x + width, 0.05)])
        painter.line(lid, radius * 0.055, ink)
    }

    private func drawOpenEye(_ side: Double, _ x: Double, _ width: Double, _ height: Double) {
        let middle = 0.03
        let white = headOval(x, middle, width, height)
        painter.detail(white, Colour(0xfdfaf5))
        let gaze = acting.gaze
        let pupil = min(height * 0.86, look.isChild ? 0.165 : 0.140)
        let at = onHead(x + gaze.x * width * 0.42, middle + gaze.y * height * 0.40)
        let iris = painter.tone(Colour(0x4a3226))
        let dark = painter.tone(Colour(0x1d1520))
        painter.canvas.fill(.circle(at, pupil * radius), iris, inside: white)
        painter.canvas.fill(.circle(at, pupil * radius * 0.62), dark, inside: white)
        let shine = at + Point(radius * 0.05, -radius * 0.06)
        painter.detail(.circle(shine, radius * 0.042), Colour.white)
        if acting.face.lower > 0.05 {
            let lid = headOval(x, middle + height * (1.55 - 0.45 * acting.face.lower), width * 1.25, height * 0.8)
            painter.canvas.fill(lid, painter.tone(look.skin), inside: white)
        }
        drawUpperLid(side, x, width, height)
    }

    private func drawUpperLid(_ side: Double, _ x: Double, _ width: Double, _ height: Double) {
        let middle = 0.03
        let lid = onHead([
            (x - width * 1.02, middle - height * 0.30), (x - width * 0.55, middle - height * 0.86),
            (x + width * 0.1, middle - height * 1.03), (x + width * 0.72, middle - height * 0.74),
            (x + width * 1.08, middle - height * 0.22),
        ])
        painter.line(lid, radius * (look.isFeminine ? 0.068 : 0.050), ink)
        guard look.isFeminine, !look.isChild else { return }
        let lash = onHead([
            (x + side * width * 0.85, middle - height * 0.60), (x + side * width * 1.34, middle - height * 0.92),
        ])
        painter.line(lash, radius * 0.045, ink)
    }

    private func drawBrow(_ side: Double, _ x: Double, _ width: Double) {
        let face = acting.face
        let height = -0.36 - face.brow * 0.22 - (look.isChild ? 0.03 : 0)
        // The inner end of a brow is the one toward the nose.
        let inner = height - face.angle * 0.14
        let outer = height + face.angle * 0.12
        let innerX = x - side * width * 0.95
        let outerX = x + side * width * 1.15
        let brow = onHead([
            (outerX, outer + 0.03), ((innerX + outerX) / 2, (inner + outer) / 2 - 0.045), (innerX, inner),
        ])
        let thick = look.isFeminine ? 0.062 : (look.isOld ? 0.105 : 0.088)
        let colour = look.isOld ? look.hairColour.lifted(-0.10) : look.hairColour.mixed(ink, 0.35)
        painter.line(brow, radius * thick, colour)
    }
}
