#include <mferror.h>

#include <vector>

#include "choices.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

class SimulatorCreate : public SimulatorTest {
 protected:
    static void refuses(HRESULT expected, const Parameters& parameters) {
        auto* camera = reinterpret_cast<IMFVirtualCamera*>(1);
        EXPECT_HR(expected, create_(parameters.type, parameters.lifetime, parameters.access,
                                    parameters.name, parameters.classId, parameters.categories,
                                    parameters.categoryCount, &camera));
        EXPECT_EQ(nullptr, camera);
    }
};

TEST_F(SimulatorCreate, RefusesEachBadParameterAndClearsTheResult) {
    Parameters bad;
    EXPECT_HR(E_POINTER, create_(bad.type, bad.lifetime, bad.access, bad.name, bad.classId, nullptr,
                                 0, nullptr));
    bad = {};
    bad.type = 1;
    refuses(E_INVALIDARG, bad);
    bad = {};
    bad.lifetime = 2;
    refuses(E_INVALIDARG, bad);
    bad = {};
    bad.access = -1;
    refuses(E_INVALIDARG, bad);
    bad = {};
    bad.name = nullptr;
    refuses(E_INVALIDARG, bad);
    bad.name = L"";
    refuses(choices::kEmptyFriendlyName, bad);
    bad = {};
    bad.classId = nullptr;
    refuses(E_INVALIDARG, bad);
    bad = {};
    bad.categoryCount = 1;
    refuses(E_INVALIDARG, bad);
    const std::vector<GUID> many(choices::kMostCategories + 1, kSet);
    bad.categories = many.data();
    bad.categoryCount = choices::kMostCategories + 1;
    refuses(choices::kTooManyCategories, bad);
    bad.categoryCount = 0xFFFFFFFF;
    refuses(choices::kTooManyCategories, bad);
}

TEST_F(SimulatorCreate, RefusesTextThatIsNoClassIdInBraces) {
    for (const wchar_t* text :
         {L"", L"{", L"6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A41", L"MyCompany.Camera",
          L"{6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A4}", L"{6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A41} ",
          L"{6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A4G}", L"{6C0D2A1E+3B0C-4B6E-9D5B-0B1B7E2F9A41}"}) {
        Parameters bad;
        bad.classId = text;
        refuses(choices::kBadClassIdText, bad);
    }
}

TEST_F(SimulatorCreate, ActivatesNothingAndTakesClassIdsThatAreNotRegistered) {
    Parameters parameters;
    parameters.classId = L"{0b86d2a4-6d9e-4d1c-9a52-25a3d8f6c111}";
    EXPECT_TRUE(created(parameters));
    EXPECT_TRUE(created());
    EXPECT_EQ(0U, FakeSource::activations());
}

TEST_F(SimulatorCreate, SaysWhichTypeIsSupported) {
    BOOL supported = FALSE;
    EXPECT_HR(S_OK, isSupported_(MFVirtualCameraType_SoftwareCameraSource, &supported));
    EXPECT_NE(FALSE, supported);
    EXPECT_HR(choices::kUnknownTypeAsked, isSupported_(1, &supported));
    EXPECT_EQ(FALSE, supported);
    EXPECT_HR(E_POINTER, isSupported_(MFVirtualCameraType_SoftwareCameraSource, nullptr));
}

TEST_F(SimulatorCreate, OffersTheDocumentedInterfacesAndNoOther) {
    const ComPtr<IMFVirtualCamera> camera = created();
    const ComPtr<IUnknown> identity = camera.as<IUnknown>();
    const ComPtr<IMFAttributes> attributes = camera.as<IMFAttributes>();
    ASSERT_TRUE(identity && attributes);
    EXPECT_EQ(identity.get(), attributes.as<IUnknown>().get());
    auto* object = reinterpret_cast<void*>(1);
    EXPECT_HR(E_NOINTERFACE, camera->QueryInterface(__uuidof(IMFMediaSource), &object));
    EXPECT_EQ(nullptr, object);
    EXPECT_HR(E_POINTER, camera->QueryInterface(__uuidof(IUnknown), nullptr));
}

}  // namespace
}  // namespace mfvcam::simulator_test
