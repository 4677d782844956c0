// Every slot of every vtable, called from both sides: the table's numbered function pointer must
// reach the C++ method of its name, and the C++ method the function in the table's slot, with each
// argument and the result unchanged. simulator_vtable_test.cpp calls the simulator's objects by
// number too, for what they do.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <utility>

#include "abi_table.h"

namespace mfvcam::abi_test {
namespace {

// An argument or a result, of any type: its bits, or the address of what a reference refers to.
using Word = std::uint64_t;

template <typename T>
Word word_of(const T& value) {
    if constexpr (std::is_pointer_v<T>) {
        return reinterpret_cast<std::uintptr_t>(value);
    } else if constexpr (std::is_class_v<T>) {
        return reinterpret_cast<std::uintptr_t>(&value);
    } else if constexpr (std::is_floating_point_v<T>) {
        return std::bit_cast<Word>(value);
    } else {
        return static_cast<Word>(value);
    }
}

constexpr std::size_t kMostArguments = 8;
using Words = std::array<Word, kMostArguments>;

template <typename... T>
Words words_of(const T&... values) {
    static_assert(sizeof...(T) <= kMostArguments);
    return {word_of(values)...};
}

// A value of any type, another one for each number, with no byte of it 0. Pointers lead nowhere.
template <typename T>
T sample_of(std::size_t number) {
    const std::uint64_t bits = 0x6B5A493827160504 + (std::uint64_t{number} * 0x0101010101010101);
    if constexpr (std::is_reference_v<T>) {
        static std::array<std::remove_cvref_t<T>, kMostArguments> objects{};
        return objects.at(number);
    } else if constexpr (std::is_pointer_v<T>) {
        return reinterpret_cast<T>(static_cast<std::uintptr_t>(bits));
    } else if constexpr (std::is_enum_v<T>) {
        return std::bit_cast<T>(static_cast<std::uint32_t>(bits));
    } else if constexpr (std::is_floating_point_v<T>) {
        return std::bit_cast<T>(bits);
    } else if constexpr (!std::is_void_v<T>) {
        return static_cast<T>(bits);
    }
}

// A call as it arrived, or is to arrive.
struct Call {
    unsigned slot;
    const void* object;
    Words arguments;
};

Call last_call{};
unsigned call_count = 0;

void note(const Call& call) {
    last_call = call;
    ++call_count;
}

void expect_one(const char* name, const Call& expected) {
    EXPECT_EQ(1U, call_count) << name;
    EXPECT_EQ(expected.slot, last_call.slot) << name;
    EXPECT_EQ(expected.object, last_call.object) << name;
    EXPECT_EQ(expected.arguments, last_call.arguments) << name;
    call_count = 0;
}

void expect_result(const char* name, Word expected, Word actual) {
    EXPECT_EQ(expected, actual) << name;
}

template <typename Signature>
struct Method;

template <typename Interface, typename Result, typename... Arguments>
struct Method<Result (STDMETHODCALLTYPE Interface::*)(Arguments...)> {
    using Raw = Result(STDMETHODCALLTYPE*)(void*, Arguments...);

    template <std::size_t... numbers>
    static std::tuple<Arguments...> samples(std::index_sequence<numbers...> /*of Arguments*/) {
        return {sample_of<Arguments>(numbers)...};
    }

    // What a raw vtable has in this slot.
    template <unsigned slot>
    static Result STDMETHODCALLTYPE entry(void* object, Arguments... arguments) {
        note({slot, object, words_of(arguments...)});
        return sample_of<Result>(slot);
    }

    // One call by `function`, which is to arrive at `object` in `slot`.
    template <typename Function>
    static void expect(const char* name, const void* object, unsigned slot, Function function) {
        const auto arguments = samples(std::index_sequence_for<Arguments...>());
        if constexpr (std::is_void_v<Result>) {
            std::apply(function, arguments);
        } else {
            const Result result = std::apply(function, arguments);
            expect_result(name, word_of(sample_of<Result>(slot)), word_of(result));
        }
        const auto words = words_of<std::remove_cvref_t<Arguments>...>;
        expect_one(name, {slot, object, std::apply(words, arguments)});
    }

    // The function pointer of this number.
    static void expect_by_number(const char* name, void* object, unsigned slot) {
        void** table = nullptr;
        std::memcpy(static_cast<void*>(&table), object, sizeof(table));
        const auto raw = reinterpret_cast<Raw>(table[slot]);
        expect(name, object, slot,
               [&](Arguments... arguments) { return raw(object, arguments...); });
    }
};

using Slot = void (*)();

// Nothing but a pointer to a vtable; copied as bytes, since the compiler may take its own pointers
// to vtables and ours for unrelated.
struct ObjectInC {
    explicit ObjectInC(const Slot* table) {
        std::memcpy(vtable.data(), static_cast<const void*>(&table), sizeof(table));
    }
    alignas(void*) std::array<std::byte, sizeof(void*)> vtable{};
};

// Types and names, which parentheses would break.
// NOLINTBEGIN(bugprone-macro-parentheses)

#define METHOD_OF_TABLE(result, parameters) \
    Method<result(STDMETHODCALLTYPE Interface::*) parameters>

// A C++ class: each method notes the number that the table gives its name.
#define NOTE_CALL(slot, result, name, parameters, arguments) \
    result STDMETHODCALLTYPE name parameters override {      \
        note({slot, this, words_of arguments});              \
        return sample_of<result>(slot);                      \
    }
#define CALL_BY_NUMBER(slot, result, name, parameters, arguments) \
    METHOD_OF_TABLE(result, parameters)::expect_by_number(#name " by number", &counting, slot);

// An object as C writes it.
#define FILL_SLOT(slot, result, name, parameters, arguments) \
    table.at(slot) = reinterpret_cast<Slot>(METHOD_OF_TABLE(result, parameters)::entry<slot>);
#define CALL_BY_NAME(slot, result, name, parameters, arguments) \
    METHOD_OF_TABLE(result, parameters)::expect(                \
        #name " by name", &in_c, slot, [&] parameters { return in_cpp->name arguments; });

#define TEST_INTERFACE(interface_name, methods, slots, iid)        \
    class Counting##interface_name final : public interface_name { \
     public:                                                       \
        methods(NOTE_CALL)                                         \
    };                                                             \
    TEST(AbiVtable, interface_name) {                              \
        using Interface = interface_name;                          \
        Counting##interface_name counting;                         \
        std::array<Slot, slots> table{};                           \
        ObjectInC in_c(table.data());                              \
        auto* const in_cpp = reinterpret_cast<Interface*>(&in_c);  \
        methods(CALL_BY_NUMBER);                                   \
        methods(FILL_SLOT);                                        \
        methods(CALL_BY_NAME);                                     \
    }
ABI_INTERFACES(TEST_INTERFACE)

// NOLINTEND(bugprone-macro-parentheses)

// Those of the toolchain, and again our own: with the SDK, its library has the cameras' events.
#define EXPECT_GUID(name, text) EXPECT_TRUE(IsEqualGUID(name, guid(text))) << #name;
TEST(AbiGuids, AreThoseOfTheTable) {
    ABI_CAMERA_GUIDS(EXPECT_GUID)
    ABI_OWN_GUIDS(EXPECT_GUID)
    ABI_SYSTEM_GUIDS(EXPECT_GUID)
}

}  // namespace
}  // namespace mfvcam::abi_test
