// The objects as a C program sees them: numbered function pointers. The numbers are the
// reference's.
#include <mferror.h>

#include <array>
#include <cstring>

#include "choices.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

constexpr GUID kOther = {
    0x9A1C0D56, 0x2E4B, 0x4F0E, {0x8A, 0x71, 0x4C, 0x52, 0x1B, 0x6F, 0x0A, 0x39}};

template <class Result, class... Arguments>
Result slot(IUnknown* object, size_t number, Arguments... arguments) {
    using Function = Result(STDMETHODCALLTYPE*)(void*, Arguments...);
    void* const* const table = *reinterpret_cast<void***>(object);
    return reinterpret_cast<Function>(table[number])(object, arguments...);
}

class SimulatorVtable : public SimulatorTest {
 protected:
    void TearDown() override {
        camera_.reset();
        SimulatorTest::TearDown();
    }
    template <class... Arguments>
    HRESULT call(size_t number, Arguments... arguments) {
        return slot<HRESULT>(camera_.get(), number, arguments...);
    }

    ComPtr<IMFVirtualCamera> camera_;
};

TEST_F(SimulatorVtable, UnknownAndAttributesOfTheCamera) {
    camera_ = created();
    void* object = nullptr;
    const GUID* const iid = &__uuidof(IMFVirtualCamera);
    EXPECT_HR(S_OK, call(0, iid, &object));
    EXPECT_EQ(camera_.get(), object);
    EXPECT_EQ(3U, slot<ULONG>(camera_.get(), 1));
    EXPECT_EQ(2U, slot<ULONG>(camera_.get(), 2));
    EXPECT_EQ(1U, slot<ULONG>(camera_.get(), 2));

    // Each value goes in by one slot and comes back by another.
    UINT32 small = 0;
    UINT64 large = 0;
    double real = 0;
    GUID guid{};
    BOOL same = FALSE;
    MF_ATTRIBUTE_TYPE type = MF_ATTRIBUTE_IUNKNOWN;
    PROPVARIANT value;
    PropVariantInit(&value);
    const GUID* const key = &kKey;
    EXPECT_HR(S_OK, call(21, key, UINT32{42}));
    EXPECT_HR(S_OK, call(7, key, &small));
    EXPECT_EQ(42U, small);
    EXPECT_HR(S_OK, call(3, key, &value));
    EXPECT_EQ(VT_UI4, value.vt);
    EXPECT_EQ(42U, value.ulVal);
    EXPECT_HR(S_OK, call(4, key, &type));
    EXPECT_EQ(MF_ATTRIBUTE_UINT32, type);
    EXPECT_HR(S_OK, call(5, key, static_cast<const PROPVARIANT*>(&value), &same));
    EXPECT_EQ(TRUE, same);
    const GUID* const other = &kOther;
    EXPECT_HR(S_OK, call(18, other, static_cast<const PROPVARIANT*>(&value)));
    EXPECT_HR(S_OK, call(30, &small));
    EXPECT_EQ(2U, small);
    EXPECT_HR(S_OK, call(31, UINT32{0}, &guid, static_cast<PROPVARIANT*>(nullptr)));
    EXPECT_TRUE(guid == kKey || guid == kOther);
    EXPECT_HR(S_OK, call(19, other));
    EXPECT_HR(S_OK, call(30, &small));
    EXPECT_EQ(1U, small);

    ComPtr<IMFAttributes> copy;
    ASSERT_HR(S_OK, MFCreateAttributes(copy.put(), 1));
    EXPECT_HR(S_OK, call(32, copy.get()));
    same = FALSE;
    EXPECT_HR(S_OK, call(6, copy.get(), MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same));
    EXPECT_EQ(TRUE, same);

    EXPECT_HR(S_OK, call(22, key, UINT64{0x100000000ULL}));
    EXPECT_HR(S_OK, call(8, key, &large));
    EXPECT_EQ(0x100000000ULL, large);
    EXPECT_HR(S_OK, call(23, key, 2.5));
    EXPECT_HR(S_OK, call(9, key, &real));
    EXPECT_EQ(2.5, real);
    EXPECT_HR(S_OK, call(24, key, other));
    EXPECT_HR(S_OK, call(10, key, &guid));
    EXPECT_TRUE(guid == kOther);

    EXPECT_HR(S_OK, call(25, key, L"text"));
    EXPECT_HR(S_OK, call(11, key, &small));
    EXPECT_EQ(4U, small);
    std::array<wchar_t, 8> text{};
    EXPECT_HR(S_OK, call(12, key, text.data(), UINT32{8}, &small));
    EXPECT_STREQ(L"text", text.data());
    wchar_t* allocated = nullptr;
    EXPECT_HR(S_OK, call(13, key, &allocated, &small));
    EXPECT_STREQ(L"text", allocated);
    CoTaskMemFree(allocated);

    const std::array<UINT8, 3> bytes = {1, 2, 3};
    EXPECT_HR(S_OK, call(26, key, bytes.data(), UINT32{3}));
    EXPECT_HR(S_OK, call(14, key, &small));
    EXPECT_EQ(3U, small);
    std::array<UINT8, 4> back{};
    EXPECT_HR(S_OK, call(15, key, back.data(), UINT32{4}, &small));
    EXPECT_EQ(0, std::memcmp(bytes.data(), back.data(), 3));
    UINT8* blob = nullptr;
    EXPECT_HR(S_OK, call(16, key, &blob, &small));
    ASSERT_NE(nullptr, blob);
    EXPECT_EQ(0, std::memcmp(bytes.data(), blob, 3));
    CoTaskMemFree(blob);

    EXPECT_HR(S_OK, call(27, key, static_cast<IUnknown*>(copy.get())));
    const GUID* const attributes = &__uuidof(IMFAttributes);
    EXPECT_HR(S_OK, call(17, key, attributes, &object));
    EXPECT_EQ(copy.get(), object);
    copy->Release();
    EXPECT_HR(S_OK, call(28));
    EXPECT_HR(S_OK, call(29));
    EXPECT_HR(S_OK, call(20));
    EXPECT_HR(S_OK, call(30, &small));
    EXPECT_EQ(0U, small);
}

TEST_F(SimulatorVtable, TheCamerasOwnMethods) {
    camera_ = created();
    const GUID* const set = &kSet;
    const auto* data = reinterpret_cast<const BYTE*>(L"a");
    EXPECT_HR(E_INVALIDARG, call(33, static_cast<LPCWSTR>(nullptr)));
    EXPECT_HR(S_OK, call(33, L"link"));
    EXPECT_HR(E_INVALIDARG, call(34, &kPropertyKey, DEVPROPTYPE{0}, data, ULONG{4}));
    EXPECT_HR(S_OK, call(34, &kPropertyKey, DEVPROPTYPE{0x12}, data, ULONG{4}));
    EXPECT_HR(E_INVALIDARG,
              call(35, L"e", static_cast<LPCWSTR>(nullptr), DWORD{REG_NONE}, data, ULONG{4}));
    EXPECT_HR(S_OK, call(35, L"e", L"sub", DWORD{REG_SZ}, data, ULONG{4}));
    EXPECT_EQ(0U, FakeSource::activations());
    EXPECT_HR(S_OK, call(36, static_cast<IMFAsyncCallback*>(nullptr)));
    EXPECT_EQ(1U, FakeSource::activations());

    IMFMediaSource* source = nullptr;
    EXPECT_HR(S_OK, call(39, &source));
    ASSERT_NE(nullptr, source);
    EXPECT_HR(S_OK, slot<HRESULT>(source, 12));
    EXPECT_EQ(0U, slot<ULONG>(source, 2));

    FakeSource::program().ksProperty = [](const KsPropertyCall& property, BYTE*, void*,
                                          ULONG* returned) -> HRESULT {
        *returned = property.dataLength + property.propertyLength;
        return S_OK;
    };
    std::array<BYTE, 4> buffer{};
    ULONG written = 0;
    EXPECT_HR(S_OK, call(40, set, ULONG{5}, ULONG{1}, static_cast<void*>(buffer.data()), ULONG{4},
                         static_cast<void*>(buffer.data()), ULONG{3}, &written));
    EXPECT_EQ(31U, written);

    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    IMFCameraSyncObject* syncObject = nullptr;
    EXPECT_HR(S_OK, call(41, set, ULONG{6}, ULONG{1}, event.get(), &syncObject));
    ASSERT_NE(nullptr, syncObject);
    EXPECT_EQ(6U, FakeSource::ksEvents().back().event.Id);
    FakeSource::signal();
    EXPECT_HR(S_OK, slot<HRESULT>(syncObject, 3, DWORD{kPatience}));
    slot<void>(syncObject, 4);
    EXPECT_EQ(2U, FakeSource::ksEvents().size());
    EXPECT_EQ(0U, slot<ULONG>(syncObject, 2));

    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    EXPECT_HR(S_OK, call(42, set, ULONG{7}, ULONG{2}, semaphore.get(), LONG{2}, &syncObject));
    ASSERT_NE(nullptr, syncObject);
    EXPECT_EQ(7U, FakeSource::ksEvents().back().event.Id);
    EXPECT_EQ(2, FakeSource::ksEvents().back().contents.SemaphoreHandle.Adjustment);
    slot<void>(syncObject, 4);
    EXPECT_EQ(0U, slot<ULONG>(syncObject, 2));

    EXPECT_HR(S_OK, call(37));
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_HR(S_OK, call(37));
    EXPECT_HR(S_OK, call(38));
    EXPECT_HR(kNoSuchCamera, call(38));
    EXPECT_HR(S_OK, call(43));
    EXPECT_HR(MF_E_SHUTDOWN, call(43));
    EXPECT_EQ(0U, slot<ULONG>(camera_.detach(), 2));
}

TEST_F(SimulatorVtable, ANullGuidPointerIsRefused) {
    camera_ = started();
    const GUID* const none = nullptr;
    std::array<BYTE, 4> buffer{};
    ULONG written = 1;
    EXPECT_HR(choices::kNullSet,
              call(40, none, ULONG{5}, ULONG{1}, static_cast<void*>(nullptr), ULONG{0},
                   static_cast<void*>(buffer.data()), ULONG{4}, &written));
    EXPECT_EQ(0U, written);
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    EXPECT_HR(choices::kNullSet, call(41, none, ULONG{6}, ULONG{1}, event.get(), &syncObject));
    EXPECT_EQ(nullptr, syncObject);
    syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    EXPECT_HR(choices::kNullSet,
              call(42, none, ULONG{6}, ULONG{1}, event.get(), LONG{1}, &syncObject));
    EXPECT_EQ(nullptr, syncObject);
}

}  // namespace
}  // namespace mfvcam::simulator_test
