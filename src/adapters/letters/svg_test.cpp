#include "adapters/letters/svg.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace wa::letters {
namespace {

std::string svg(const std::string& inside) {
    return "<svg viewBox=\"0 0 10 10\">" + inside + "</svg>";
}

TEST(Svg, ShapesInheritPaintAndTransform) {
    const auto drawing = parse_svg(svg(
        "<g fill='#f00' transform='translate(2 3) scale(2)'><rect x='1' y='1' width='1' height='1'/></g>"));
    ASSERT_TRUE(drawing);
    ASSERT_EQ(drawing->shapes.size(), 1U);
    const auto& shape = drawing->shapes[0];
    EXPECT_DOUBLE_EQ(shape.steps[0].points[0], 4);
    EXPECT_DOUBLE_EQ(shape.steps[0].points[1], 5);
    EXPECT_DOUBLE_EQ(shape.fill->red, 1);
    EXPECT_FALSE(shape.stroke);
}

TEST(Svg, PathsReadAsTheStandardSays) {
    const auto drawing = parse_svg(svg("<path d='m1-1l.5.5 2,2h-1v3z'/>"));
    ASSERT_TRUE(drawing);
    const auto& steps = drawing->shapes[0].steps;
    ASSERT_EQ(steps.size(), 6U);
    EXPECT_DOUBLE_EQ(steps[1].points[0], 1.5);
    EXPECT_DOUBLE_EQ(steps[2].points[1], 1.5);
    EXPECT_DOUBLE_EQ(steps[3].points[0], 2.5);
    EXPECT_DOUBLE_EQ(steps[4].points[1], 4.5);
}

// Half a circle: every point of the curves has the distance of the radius (to a thousandth).
TEST(Svg, ArcsBecomeCurves) {
    const auto drawing = parse_svg(svg("<path d='M0 5a5 5 0 0110 0'/>"));
    ASSERT_TRUE(drawing);
    const auto& steps = drawing->shapes[0].steps;
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_NEAR(steps[1].points[4], 5, 1e-9);
    EXPECT_NEAR(steps[1].points[5], 0, 1e-9);
    EXPECT_NEAR(steps[2].points[4], 10, 1e-9);
}

TEST(Svg, WhatIsNotPartIsSkipped) {
    EXPECT_FALSE(
        parse_svg(svg("<defs><rect width='9' height='9'/></defs><text>x</text><image href='file:///x'/>")));
    EXPECT_FALSE(parse_svg(svg("<rect width='9' height='9' fill='url(#gradient)'/>")));
    EXPECT_TRUE(
        parse_svg(svg("<style>.a{}</style><rect width='9' height='9' style='stroke:none; fill:gold'/>")));
}

TEST(Svg, BrokenTextIsRefused) {
    for (std::string text :
         {"", "x", "<svg", "<svg viewBox='0 0 1 1'><path d='", "<svg viewBox='0 0 0 0'/>", "<a b"})
        EXPECT_FALSE(parse_svg(text)) << text;
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<g>";
    EXPECT_FALSE(parse_svg(svg(deep + "<rect width='9' height='9'/>")));
    EXPECT_FALSE(parse_svg(std::string(1'000'001, ' ')));
    EXPECT_TRUE(parse_svg(svg("<path d='M0 0L1e99 3 5 5M1 1L2 2'/>"))) << "drawn up to the first error";
}

}  // namespace
}  // namespace wa::letters
