// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension PropPen {
    private var timber: Colour { colour ?? PropPen.wood }

    func drawFurniture(_ kind: PropKind) {
        switch kind {
        case .table: drawTable()
        case .chair, .stool: drawSeat(hasBack: kind == .chair)
        case .bench:
            for x in [-88.0, 76] { block(box(x, -56, 12, 56), timber.lifted(-0.1)) }
            block(box(-106, -64, 212, 11), timber)
        case .log:
            painter.fill(.rounded(box(-120, -46, 240, 46), 20 * unit), Colour(0x6d4c36))
            painter.fill(oval(110, -23, 13, 22), Colour(0xc79a6a))
            painter.detail(oval(110, -23, 7, 12), Colour(0xa67c4f))
        case .counter:
            block(box(-170, -132, 340, 132), timber.lifted(-0.03))
            block(box(-184, -144, 368, 16), timber.lifted(0.04))
            for panel in 0..<6 { mark(box(-158 + Double(panel) * 54, -116, 44, 102), timber.lifted(-0.10)) }
        case .bed: drawBed()
        case .door: drawDoor()
        default: drawHangingWindow()
        }
    }

    private func drawTable() {
        let dark = timber.lifted(-0.09)
        block(box(-86, -96, 12, 96), dark)
        block(box(74, -96, 12, 96), dark)
        mark(box(-80, -90, 160, 13), timber.lifted(-0.12))
        polygon([(-106, -97), (106, -97), (98, -108), (-98, -108)], timber.lifted(0.02))
        mark(box(-106, -98, 212, 7), timber.lifted(-0.05))
    }

    private func drawSeat(hasBack: Bool) {
        let dark = timber.lifted(-0.09)
        if hasBack {
            block(box(-34, -150, 8, 150), dark)
            for bar in 0..<3 { mark(box(-33, -144 + Double(bar) * 22, 12, 9), timber) }
        }
        block(box(-28, -60, 8, 60), dark)
        block(box(22, -60, 8, 60), dark)
        mark(box(-24, -30, 50, 6), dark)
        painter.fill(.rounded(box(-36, -68, 72, 12), 4 * unit), timber)
    }

    private func drawBed() {
        let quilt = colour ?? Colour(0x7d8fa6)
        painter.fill(.rounded(box(-190, -122, 16, 122), 5 * unit), PropPen.wood)
        painter.fill(.rounded(box(174, -90, 14, 90), 5 * unit), PropPen.wood)
        block(box(-180, -46, 358, 24), PropPen.wood.lifted(-0.06))
        painter.fill(.rounded(box(-176, -72, 352, 30), 9 * unit), Colour(0xf0ebe0))
        painter.fill(.rounded(box(-70, -76, 246, 46), 12 * unit), quilt)
        painter.fill(.rounded(box(-172, -92, 72, 28), 11 * unit), Colour(0xfaf7f0))
    }

    private func drawDoor() {
        block(box(-84, -350, 168, 350), Colour(0x4d3828))
        if isOpen {
            block(box(-70, -336, 140, 336), Colour(0x1f1a22))
            polygon([(-70, -336), (-128, -316), (-128, 14), (-70, 0)], colour ?? Colour(0x7b5237))
            return
        }
        let leaf = colour ?? Colour(0x7b5237)
        block(box(-70, -336, 140, 336), leaf)
        for x in [-56.0, 8] {
            for (y, height) in [(-312.0, 120.0), (-168, 140)] { mark(box(x, y, 48, height), leaf.lifted(-0.06)) }
        }
        painter.detail(oval(54, -160, 6, 6), PropPen.gold)
    }

    /// A door outdoors has a house round it.
    func drawHouseFront() {
        let wall = Colour(Seed.unit(seed, 3) < 0.5 ? 0xd9c3a0 : 0xb9b4a6)
        let roof = Colour(0x6d4b4a)
        block(box(-300, -470, 520, 470), wall)
        mark(box(-300, -34, 520, 34), wall.lifted(-0.12))
        polygon([(-340, -462), (260, -462), (190, -640), (-270, -640)], roof)
        mark(box(-340, -470, 600, 12), roof.lifted(-0.08))
        mark(box(-248, -312, 118, 138), Colour(0x6b4a35))
        let pane = Path.rectangle(box(-238, -302, 98, 118))
        if painter.light.wantsLamps {
            painter.shining(pane, Colour(0xffd27a))
            painter.glow(spot(-189, -243), 150 * unit, Colour(0xffc766), 0.3)
        } else {
            painter.detail(pane, Colour(0x5d7688))
        }
        mark(box(-193, -302, 7, 118), Colour(0x6b4a35))
        mark(box(-238, -248, 98, 6), Colour(0x6b4a35))
        mark(box(-96, 0, 192, 8), Colour(0x9a9186))
    }

    private func drawHangingWindow() {
        block(box(-75, -170, 150, 170), Colour(0x6b4a35))
        let pane = Path.rectangle(box(-63, -158, 126, 146))
        if painter.light.wantsLamps {
            painter.detail(pane, Colour(0x2c3c6c))
        } else {
            painter.detail(pane, Colour(0xbfe0ee))
        }
        mark(box(-4, -158, 8, 146), Colour(0x6b4a35))
        mark(box(-63, -92, 126, 7), Colour(0x6b4a35))
    }

    func drawContainer(_ kind: PropKind) {
        switch kind {
        case .barrel:
            smooth([(-30, 0), (-38, -48), (-30, -98), (30, -98), (38, -48), (30, 0)], timber)
            for y in [-80.0, -22] { mark(box(-36, y, 72, 7), PropPen.iron) }
            painter.detail(oval(0, -97, 29, 6), timber.lifted(-0.10))
        case .crate: drawCrate()
        case .box:
            block(box(-34, -54, 68, 54), colour ?? Colour(0xb98a5a))
            mark(box(-38, -58, 76, 14), (colour ?? Colour(0xb98a5a)).lifted(0.05))
            mark(box(-5, -58, 10, 58), Colour(0xc9483a))
        case .chest:
            block(box(-56, -48, 112, 48), timber)
            smooth([(-58, -46), (-54, -70), (0, -80), (54, -70), (58, -46)], timber.lifted(0.03))
            for x in [-40.0, 32] { mark(box(x, -72, 8, 72), PropPen.gold) }
            painter.detail(oval(0, -46, 8, 9), PropPen.gold)
        case .bag:
            let cloth = colour ?? Colour(0xa5805a)
            smooth([(-28, 0), (-34, -30), (-14, -56), (14, -56), (34, -30), (28, 0)], cloth)
            smooth([(-12, -54), (-20, -70), (0, -64), (20, -70), (12, -54)], cloth.lifted(0.03))
            line([(-14, -55), (14, -55)], 4, Colour(0x6d4c36))
        default: drawBasket()
        }
    }

    private func drawBasket() {
        let cane = colour ?? Colour(0xb98a4f)
        line([(-24, -30), (-16, -62), (16, -62), (24, -30)], 4, cane.lifted(-0.08))
        for fruit in 0..<5 {
            let red = fruit.isMultiple(of: 2)
            painter.detail(oval(-16 + Double(fruit) * 8, -33, 8, 8), Colour(red ? 0xc9483a : 0xd9953a))
        }
        smooth([(-27, -30), (27, -30), (21, -2), (0, 0), (-21, -2)], cane)
        for row in 0..<4 {
            let y = -24 + Double(row) * 6.5
            line([(-24 + Double(row), y), (24 - Double(row), y)], 1.5, cane.lifted(-0.14))
        }
    }

    /// An unknown thing: an honest crate with its word on it.
    private func drawCrate() {
        let plank = Colour(0xa8865c)
        block(box(-42, -74, 84, 74), plank)
        mark(box(-42, -74, 84, 9), plank.lifted(-0.10))
        mark(box(-42, -9, 84, 9), plank.lifted(-0.10))
        for x in [-42.0, 33] { mark(box(x, -74, 9, 74), plank.lifted(-0.07)) }
        let word = label.replacing("_", with: " ")
        guard !word.isEmpty else { return }
        mark(box(-36, -58, 72, 40), Colour(0xf3ecdc))
        let size = 15 * unit
        // Letters under eleven pixels are no letters.
        guard size * painter.scale >= 8 else { return }
        let letters = Lettering(
            word, size: size, width: 68 * unit, colour: painter.tone(Colour(0x3a3230)), lines: 2)
        painter.canvas.write(letters, at: spot(-34, word.count > 8 ? -57 : -48))
    }
}
