// The headers that we compile with against the table. Compiled in every build, tests or not: x86
// and ARM64 have no other test, and x86 alone knows calling conventions.
#include <cstddef>
#include <type_traits>

#include "abi_table.h"

namespace mfvcam::abi_test {
namespace {

constexpr bool same(const GUID& left, const GUID& right) {
    for (int i = 0; i < 8; ++i) {
        if (left.Data4[i] != right.Data4[i]) {
            return false;
        }
    }
    return left.Data1 == right.Data1 && left.Data2 == right.Data2 && left.Data3 == right.Data3;
}

// Accepts a method of this very signature, calling convention included, among its overloads; else
// nothing compiles.
template <typename Signature>
std::true_type is_method(Signature method);

// Each list of methods numbers its slots from 0, with no gap.
template <std::size_t count>
constexpr bool counts_up_to(std::size_t slots, const std::size_t (&numbers)[count]) {
    for (std::size_t i = 0; i < count; ++i) {
        if (numbers[i] != i) {
            return false;
        }
    }
    return slots == count;
}

// Types and names, which parentheses would break.
// NOLINTBEGIN(bugprone-macro-parentheses)

#define SLOT_NUMBER(slot, result, name, parameters, arguments) slot,
#define CHECK_METHOD(slot, result, name, parameters, arguments)                          \
    static_assert(decltype(is_method<result(STDMETHODCALLTYPE Interface::*) parameters>( \
                      &Interface::name))::value,                                         \
                  #name);
#define OVERRIDE_METHOD(slot, result, name, parameters, arguments) \
    result STDMETHODCALLTYPE name parameters override;
#define CHECK_INTERFACE(interface_name, methods, slots, iid)                         \
    namespace interface_name##_check {                                               \
        using Interface = interface_name;                                            \
        static_assert(same(__uuidof(Interface), guid(iid)), #interface_name);        \
        static_assert(counts_up_to(slots, {methods(SLOT_NUMBER)}), #interface_name); \
        methods(CHECK_METHOD);                                                       \
        /* There is no method but these. */                                          \
        class Whole final : public Interface {                                       \
            methods(OVERRIDE_METHOD)                                                 \
        };                                                                           \
        static_assert(!std::is_abstract_v<Whole>, #interface_name);                  \
    }
ABI_INTERFACES(CHECK_INTERFACE)

template <typename... Arguments>
constexpr std::size_t stack_bytes(HRESULT(STDAPICALLTYPE* /*function*/)(Arguments...)) {
    return (((sizeof(Arguments) + 3) / 4 * 4) + ...);
}

#define CHECK_FUNCTION(result, name, parameters, bytes)                                 \
    static_assert(std::is_same_v<decltype(&name), result(STDAPICALLTYPE*) parameters>); \
    static_assert(sizeof(void*) != 4 || stack_bytes(&name) == (bytes), #name);
ABI_FUNCTIONS(CHECK_FUNCTION)

#define CHECK_GUID(name, text) static_assert(same(name, guid(text)), #name);
#if !(defined(__has_include) && __has_include(<mfvirtualcamera.h>))
ABI_CAMERA_GUIDS(CHECK_GUID)
#endif
ABI_OWN_GUIDS(CHECK_GUID)

#define CHECK_VALUE(name, value) static_assert(static_cast<unsigned>(name) == (value), #name);
ABI_VALUES(CHECK_VALUE)

constexpr std::size_t of_two(std::size_t on_64_bit, std::size_t on_32_bit) {
    return sizeof(void*) == 8 ? on_64_bit : on_32_bit;
}

#define CHECK_TYPE(type, size_64, alignment_64, size_32, alignment_32) \
    static_assert(sizeof(type) == of_two(size_64, size_32), #type);    \
    static_assert(alignof(type) == of_two(alignment_64, alignment_32), #type);
ABI_TYPES(CHECK_TYPE)

#define CHECK_FIELD(type, field, offset_64, size_64, offset_32, size_32)                    \
    static_assert(offsetof(type, field) == of_two(offset_64, offset_32), #type "." #field); \
    static_assert(sizeof(type{}.field) == of_two(size_64, size_32), #type "." #field);
ABI_FIELDS(CHECK_FIELD)

// NOLINTEND(bugprone-macro-parentheses)

}  // namespace
}  // namespace mfvcam::abi_test
