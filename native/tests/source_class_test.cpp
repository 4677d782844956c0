// The class factory, the activate object, and which interfaces there are.
#include <mfapi.h>
#include <mferror.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

// What an out-parameter holds before a call that must clear it.
void* const kAnything = GetModuleHandleW(nullptr);

using GetClassObject = HRESULT(WINAPI*)(REFCLSID, REFIID, void**);

class ClassTest : public testing::Test {
 protected:
    void TearDown() override {
        EXPECT_TRUE(eventually([] { return dll_can_unload_now() == S_OK; }));
    }
};

ComPtr<IClassFactory> class_factory() {
    ComPtr<IClassFactory> factory;
    EXPECT_EQ(source_export<GetClassObject>("DllGetClassObject")(kClassId, __uuidof(IClassFactory),
                                                                 factory.put_void()),
              S_OK);
    return factory;
}

TEST_F(ClassTest, DllGetClassObjectKnowsItsClassOnly) {
    const auto get = source_export<GetClassObject>("DllGetClassObject");
    void* object = kAnything;
    EXPECT_EQ(get(kForeignSet, __uuidof(IClassFactory), &object), CLASS_E_CLASSNOTAVAILABLE);
    EXPECT_EQ(object, nullptr);
    object = kAnything;
    EXPECT_EQ(get(kClassId, __uuidof(IMFActivate), &object), E_NOINTERFACE);
    EXPECT_EQ(object, nullptr);
    EXPECT_EQ(get(kClassId, __uuidof(IClassFactory), nullptr), E_POINTER);
}

TEST_F(ClassTest, FactoryMakesAnActivateObjectAndNothingElse) {
    const auto factory = class_factory();
    ComPtr<IMFActivate> activate;
    EXPECT_EQ(factory->CreateInstance(nullptr, __uuidof(IMFActivate), activate.put_void()), S_OK);
    EXPECT_TRUE(activate.as<IMFAttributes>());
    EXPECT_FALSE(activate.as<IMFMediaSource>());
    void* object = kAnything;
    EXPECT_EQ(factory->CreateInstance(nullptr, __uuidof(IMFMediaSource), &object), E_NOINTERFACE);
    EXPECT_EQ(object, nullptr);
    object = kAnything;
    EXPECT_EQ(factory->CreateInstance(factory.get(), __uuidof(IUnknown), &object),
              CLASS_E_NOAGGREGATION);
    EXPECT_EQ(object, nullptr);
    EXPECT_EQ(factory->CreateInstance(nullptr, __uuidof(IMFActivate), nullptr), E_POINTER);
}

TEST_F(ClassTest, TheDllStaysWhileAnythingIsAliveOrLocked) {
    EXPECT_EQ(dll_can_unload_now(), S_OK);
    auto factory = class_factory();
    EXPECT_EQ(dll_can_unload_now(), S_FALSE);
    EXPECT_EQ(factory->LockServer(TRUE), S_OK);
    EXPECT_EQ(factory->LockServer(TRUE), S_OK);
    factory.reset();
    EXPECT_EQ(dll_can_unload_now(), S_FALSE);
    factory = class_factory();
    EXPECT_EQ(factory->LockServer(FALSE), S_OK);
    factory.reset();
    EXPECT_EQ(dll_can_unload_now(), S_FALSE);
    factory = class_factory();
    EXPECT_EQ(factory->LockServer(FALSE), S_OK);
    EXPECT_EQ(factory->LockServer(FALSE), S_OK) << "one too many";
    EXPECT_EQ(factory->LockServer(TRUE), S_OK);
    factory.reset();
    EXPECT_EQ(dll_can_unload_now(), S_FALSE) << "the surplus unlock must not cancel a lock";
    factory = class_factory();
    EXPECT_EQ(factory->LockServer(FALSE), S_OK);
    factory.reset();
    EXPECT_EQ(dll_can_unload_now(), S_OK);
}

TEST_F(ClassTest, AttributesSetOnTheActivateObjectReachTheSource) {
    const auto activate = create_activate();
    EXPECT_EQ(activate->SetUINT32(kForeignSet, 4711), S_OK);
    EXPECT_EQ(activate->SetString(kEventSet, L"who"), S_OK);
    ComPtr<IMFMediaSourceEx> source;
    ASSERT_EQ(activate->ActivateObject(__uuidof(IMFMediaSourceEx), source.put_void()), S_OK);
    ComPtr<IMFAttributes> attributes;
    ASSERT_EQ(source->GetSourceAttributes(attributes.put()), S_OK);
    UINT32 number = 0;
    EXPECT_EQ(attributes->GetUINT32(kForeignSet, &number), S_OK);
    EXPECT_EQ(number, 4711u);
    std::array<wchar_t, 8> text = {};
    EXPECT_EQ(attributes->GetString(kEventSet, text.data(), text.size(), nullptr), S_OK);
    EXPECT_STREQ(text.data(), L"who");

    // The live store, not a copy.
    EXPECT_EQ(attributes->SetUINT32(kPropertySet, 5), S_OK);
    ComPtr<IMFAttributes> again;
    ASSERT_EQ(source->GetSourceAttributes(again.put()), S_OK);
    EXPECT_EQ(again->GetUINT32(kPropertySet, &number), S_OK);
    EXPECT_EQ(number, 5u);
    EXPECT_EQ(source->Shutdown(), S_OK);
}

TEST_F(ClassTest, ActivatesTheSameSourceWhileItIsOfUse) {
    const auto activate = create_activate();
    ComPtr<IMFMediaSource> first;
    ComPtr<IMFMediaSource> second;
    ASSERT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), first.put_void()), S_OK);
    ASSERT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), second.put_void()), S_OK);
    EXPECT_EQ(first.get(), second.get());
    EXPECT_EQ(activate->ShutdownObject(), E_NOTIMPL);
    EXPECT_EQ(activate->DetachObject(), E_NOTIMPL);
    EXPECT_EQ(first->Shutdown(), S_OK);
    ASSERT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), second.put_void()), S_OK);
    EXPECT_NE(first.get(), second.get()) << "one that was shut down is of no use";
    DWORD characteristics = 0;
    EXPECT_EQ(second->GetCharacteristics(&characteristics), S_OK);
    second.reset();
    ASSERT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), second.put_void()), S_OK)
        << "the last one was released";
    void* object = kAnything;
    EXPECT_EQ(activate->ActivateObject(__uuidof(IClassFactory), &object), E_NOINTERFACE);
    EXPECT_EQ(object, nullptr);
    EXPECT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), nullptr), E_POINTER);
}

TEST_F(ClassTest, ThreadsThatActivateAtOnceGetTheSameSource) {
    constexpr int rounds = 200;
    constexpr std::size_t threads = 4;
    for (int round = 0; round < rounds; ++round) {
        const auto activate = create_activate();
        std::array<ComPtr<IMFMediaSource>, threads> sources;
        std::atomic<std::size_t> waiting{threads};
        std::vector<std::thread> activators;
        for (auto& source : sources) {
            activators.emplace_back([&] {
                --waiting;
                while (waiting != 0) {
                    SwitchToThread();
                }
                EXPECT_EQ(activate->ActivateObject(__uuidof(IMFMediaSource), source.put_void()),
                          S_OK);
            });
        }
        for (auto& thread : activators) {
            thread.join();
        }
        for (const auto& source : sources) {
            ASSERT_EQ(source.get(), sources[0].get()) << "round " << round;
        }
        EXPECT_EQ(sources[0]->Shutdown(), S_OK);
    }
}

class InterfacesTest : public SourceTest {};

// Calls as C does: an IID is a pointer, and may be null.
TEST_F(InterfacesTest, ANullIidIsAnErrorAndNoCrash) {
    using QueryInterface = HRESULT(STDMETHODCALLTYPE*)(void*, const IID*, void**);
    const auto query = (*reinterpret_cast<QueryInterface* const*>(source.get()))[0];
    void* object = kAnything;
    EXPECT_EQ(query(source.get(), nullptr, &object), E_POINTER);
    EXPECT_EQ(object, nullptr);
    using Get = HRESULT(WINAPI*)(const CLSID*, const IID*, void**);
    object = kAnything;
    EXPECT_EQ(source_export<Get>("DllGetClassObject")(nullptr, &kClassId, &object), E_POINTER);
    EXPECT_EQ(object, nullptr);
    EXPECT_EQ(source_export<Get>("DllGetClassObject")(&kClassId, nullptr, &object), E_POINTER);
}

TEST_F(InterfacesTest, TheSourceHasWhatTheFrameServerAsksForAndOneIdentity) {
    const auto identity = source.as<IUnknown>();
    EXPECT_EQ(source.as<IMFMediaEventGenerator>().as<IUnknown>().get(), identity.get());
    EXPECT_EQ(source.as<IMFMediaSource>().as<IUnknown>().get(), identity.get());
    EXPECT_EQ(source.as<IMFGetService>().as<IUnknown>().get(), identity.get());
    EXPECT_EQ(source.as<IKsControl>().as<IUnknown>().get(), identity.get());
    EXPECT_EQ(source.as<IMFSampleAllocatorControl>().as<IUnknown>().get(), identity.get());
    EXPECT_EQ(source->QueryInterface(__uuidof(IUnknown), nullptr), E_POINTER);
    void* object = kAnything;
    EXPECT_EQ(source->QueryInterface(kForeignSet, &object), E_NOINTERFACE);
    EXPECT_EQ(object, nullptr);
}

TEST_F(InterfacesTest, TheStreamIsMarkedAsASharedColourCaptureStream) {
    ComPtr<IMFAttributes> attributes;
    ASSERT_EQ(source->GetStreamAttributes(0, attributes.put()), S_OK);
    ComPtr<IMFPresentationDescriptor> descriptor;
    ASSERT_EQ(source->CreatePresentationDescriptor(descriptor.put()), S_OK);
    DWORD count = 0;
    EXPECT_EQ(descriptor->GetStreamDescriptorCount(&count), S_OK);
    EXPECT_EQ(count, 1u);
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream_descriptor;
    ASSERT_EQ(descriptor->GetStreamDescriptorByIndex(0, &selected, stream_descriptor.put()), S_OK);
    EXPECT_TRUE(selected);
    for (IMFAttributes* const store :
         {attributes.get(), static_cast<IMFAttributes*>(stream_descriptor.get())}) {
        GUID category = {};
        UINT32 value = 99;
        EXPECT_EQ(store->GetGUID(abi::MF_DEVICESTREAM_STREAM_CATEGORY, &category), S_OK);
        EXPECT_TRUE(category == abi::kPinNameVideoCapture);
        EXPECT_EQ(store->GetUINT32(abi::MF_DEVICESTREAM_STREAM_ID, &value), S_OK);
        EXPECT_EQ(value, 0u);
        EXPECT_EQ(store->GetUINT32(abi::MF_DEVICESTREAM_FRAMESERVER_SHARED, &value), S_OK);
        EXPECT_EQ(value, 1u);
        EXPECT_EQ(store->GetUINT32(abi::MF_DEVICESTREAM_ATTRIBUTE_FRAMESOURCE_TYPES, &value), S_OK);
        EXPECT_EQ(value, 1u);
    }
    EXPECT_EQ(source->GetStreamAttributes(1, attributes.put()), MF_E_INVALIDSTREAMNUMBER);
    EXPECT_FALSE(attributes);
    EXPECT_EQ(source->GetStreamAttributes(0, nullptr), E_POINTER);
}

TEST_F(InterfacesTest, OffersNv12ThenRgb32At640x480And30) {
    ComPtr<IMFPresentationDescriptor> descriptor;
    ASSERT_EQ(source->CreatePresentationDescriptor(descriptor.put()), S_OK);
    const auto handler = type_handler(descriptor.get());
    const std::array expected = {MFVideoFormat_NV12, MFVideoFormat_RGB32};
    constexpr std::array<UINT32, 2> strides = {640, 2560};
    DWORD count = 0;
    ASSERT_EQ(handler->GetMediaTypeCount(&count), S_OK);
    ASSERT_EQ(count, 2u);
    for (DWORD i = 0; i < count; ++i) {
        ComPtr<IMFMediaType> type;
        ASSERT_EQ(handler->GetMediaTypeByIndex(i, type.put()), S_OK);
        GUID guid = {};
        UINT64 pair = 0;
        UINT32 value = 0;
        EXPECT_EQ(type->GetGUID(MF_MT_MAJOR_TYPE, &guid), S_OK);
        EXPECT_TRUE(guid == MFMediaType_Video);
        EXPECT_EQ(type->GetGUID(MF_MT_SUBTYPE, &guid), S_OK);
        EXPECT_TRUE(guid == expected[i]);
        EXPECT_EQ(type->GetUINT64(MF_MT_FRAME_SIZE, &pair), S_OK);
        EXPECT_EQ(pair, 640ULL << 32 | 480);
        EXPECT_EQ(type->GetUINT64(MF_MT_FRAME_RATE, &pair), S_OK);
        EXPECT_EQ(pair, 30ULL << 32 | 1);
        EXPECT_EQ(type->GetUINT32(MF_MT_DEFAULT_STRIDE, &value), S_OK);
        EXPECT_EQ(value, strides[i]);
    }
}

TEST_F(InterfacesTest, SmallAnswers) {
    DWORD characteristics = 0;
    EXPECT_EQ(source->GetCharacteristics(&characteristics), S_OK);
    EXPECT_EQ(characteristics, static_cast<DWORD>(MFMEDIASOURCE_IS_LIVE));
    EXPECT_EQ(source->GetCharacteristics(nullptr), E_POINTER);
    EXPECT_EQ(source->SetD3DManager(nullptr), E_NOTIMPL);
    EXPECT_EQ(source->CreatePresentationDescriptor(nullptr), E_POINTER);
    EXPECT_EQ(source->GetSourceAttributes(nullptr), E_POINTER);
    void* object = kAnything;
    EXPECT_EQ(source.as<IMFGetService>()->GetService(kForeignSet, __uuidof(IUnknown), &object),
              MF_E_UNSUPPORTED_SERVICE);
    EXPECT_EQ(object, nullptr);
    EXPECT_EQ(source->GetEvent(MF_EVENT_FLAG_NO_WAIT, nullptr), E_POINTER);
    EXPECT_EQ(source->BeginGetEvent(nullptr, nullptr), E_POINTER);
    ComPtr<IMFMediaEvent> event;
    EXPECT_EQ(source->EndGetEvent(nullptr, event.put()), E_POINTER);

    DWORD input = 99;
    auto usage = MFSampleAllocatorUsage_DoesNotAllocate;
    const auto allocation = source.as<IMFSampleAllocatorControl>();
    EXPECT_EQ(allocation->GetAllocatorUsage(0, &input, &usage), S_OK);
    EXPECT_EQ(input, 0u);
    EXPECT_EQ(usage, MFSampleAllocatorUsage_UsesProvidedAllocator);
    EXPECT_EQ(allocation->GetAllocatorUsage(1, &input, &usage), MF_E_INVALIDSTREAMNUMBER);
    EXPECT_EQ(allocation->GetAllocatorUsage(0, nullptr, &usage), E_POINTER);
    EXPECT_EQ(allocation->SetDefaultAllocator(0, nullptr), E_POINTER);
    EXPECT_EQ(allocation->SetDefaultAllocator(0, source.get()), E_NOINTERFACE);
}

}  // namespace
}  // namespace mfvcam::source_test
